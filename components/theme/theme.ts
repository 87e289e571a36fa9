import {
  ActionIcon,
  Alert,
  Button,
  Card,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  InputWrapper,
  type MantineColorsTuple,
  Menu,
  Modal,
  NavLink,
  Paper,
  Select,
  Table,
  Tooltip,
} from "@mantine/core";

const accent: MantineColorsTuple = [
  "#eef2fd",
  "#dde4fa",
  "#bac8f4",
  "#94a9ee",
  "#7189e6",
  "#5871dc",
  "#3f57c8",
  "#3449ab",
  "#2c3e90",
  "#22306f",
];

const gray: MantineColorsTuple = [
  "#fafafa",
  "#f4f4f5",
  "#ebebee",
  "#e0e0e5",
  "#c9c9d1",
  "#9c9ca8",
  "#696975",
  "#50505b",
  "#363640",
  "#1b1b21",
];

const dark: MantineColorsTuple = [
  "#e6e6eb",
  "#bcbcc6",
  "#a0a0ac",
  "#72727e",
  "#3d3d47",
  "#2e2e36",
  "#232329",
  "#18181c",
  "#131316",
  "#0d0d0f",
];

export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 6, dark: 6 },
  colors: { accent, gray, dark },
  black: "#1b1b21",
  fontFamily: "var(--font-geist-sans), system-ui, sans-serif",
  fontFamilyMonospace: "var(--font-geist-mono), ui-monospace, monospace",
  fontSizes: { xs: "0.75rem", sm: "0.875rem", md: "0.9375rem", lg: "1.0625rem", xl: "1.25rem" },
  lineHeights: { xs: "1.4", sm: "1.5", md: "1.55", lg: "1.55", xl: "1.5" },
  headings: {
    fontFamily: "var(--font-geist-sans), system-ui, sans-serif",
    fontWeight: "600",
    textWrap: "balance",
    sizes: {
      h1: { fontSize: "1.5rem", lineHeight: "1.3" },
      h2: { fontSize: "1.125rem", lineHeight: "1.4" },
      h3: { fontSize: "1rem", lineHeight: "1.45" },
      h4: { fontSize: "0.9375rem", lineHeight: "1.5" },
    },
  },
  defaultRadius: "md",
  radius: { xs: "4px", sm: "6px", md: "8px", lg: "12px", xl: "16px" },
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: "subtle", color: "gray" } }),
    Alert: Alert.extend({ defaultProps: { variant: "light", radius: "md" } }),
    Button: Button.extend({ styles: { label: { fontWeight: 500 } } }),
    Card: Card.extend({
      defaultProps: { withBorder: true, radius: "lg", padding: "lg" },
      styles: { root: { background: "var(--app-surface)" } },
    }),
    Paper: Paper.extend({ defaultProps: { radius: "lg" } }),
    Drawer: Drawer.extend({ defaultProps: { overlayProps: { backgroundOpacity: 0.35 } } }),
    Menu: Menu.extend({ defaultProps: { shadow: "md", position: "bottom-end" } }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        radius: "lg",
        padding: "lg",
        overlayProps: { backgroundOpacity: 0.35 },
      },
      styles: { title: { fontWeight: 600, fontSize: "1.0625rem" } },
    }),
    NavLink: NavLink.extend({ defaultProps: { variant: "light" } }),
    InputWrapper: InputWrapper.extend({ styles: { label: { marginBottom: 4 } } }),
    Select: Select.extend({
      defaultProps: { allowDeselect: false, checkIconPosition: "right" },
    }),
    Table: Table.extend({ defaultProps: { verticalSpacing: "sm", horizontalSpacing: "md" } }),
    Tooltip: Tooltip.extend({
      defaultProps: { withArrow: true, openDelay: 300, events: { hover: true, focus: true, touch: true } },
    }),
  },
});

/** Greys that pass AA on both grounds, where Mantine's own are fainter. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": gray[6],
    "--mantine-color-placeholder": gray[6],
    "--mantine-color-default-border": gray[3],
    "--mantine-color-error": "#c02626",
    "--app-ground": gray[0],
    "--app-surface": "#ffffff",
    "--app-line": gray[2],
  },
  dark: {
    "--mantine-color-dimmed": dark[2],
    "--mantine-color-placeholder": dark[2],
    "--mantine-color-anchor": accent[3],
    "--mantine-color-error": "#f58a8a",
    "--app-ground": dark[8],
    "--app-surface": dark[7],
    "--app-line": dark[5],
  },
});
