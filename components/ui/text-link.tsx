"use client";

import { Anchor, type AnchorProps } from "@mantine/core";
import Link from "next/link";
import type { ReactNode } from "react";

/** A link within running text; usable from server components. */
export function TextLink({ href, ...rest }: AnchorProps & { href: string; children: ReactNode }) {
  return <Anchor component={Link} href={href} underline="always" {...rest} />;
}
