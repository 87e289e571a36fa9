"use client";

import { Button } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import Link from "next/link";
import type { ReactNode } from "react";

type Props = { href: string; icon: keyof typeof icons; variant?: "default"; children: ReactNode };

/** A link that looks like a button, for server components. */
export function LinkButton({ href, icon, variant, children }: Props) {
  const Icon = icons[icon];
  return (
    <Button
      component={Link}
      href={href}
      variant={variant}
      leftSection={<Icon size={16} stroke={1.6} aria-hidden />}
    >
      {children}
    </Button>
  );
}

const icons = { plus: IconPlus, trash: IconTrash };
