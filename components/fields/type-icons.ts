import {
  IconCalendar,
  IconCalendarClock,
  IconCircleDot,
  IconHash,
  IconLetterT,
  IconListCheck,
  IconToggleLeft,
} from "@tabler/icons-react";
import type { FieldType } from "@/sync/value";

export const typeIcons: Record<FieldType, typeof IconHash> = {
  text: IconLetterT,
  number: IconHash,
  date: IconCalendar,
  datetime: IconCalendarClock,
  boolean: IconToggleLeft,
  choice: IconCircleDot,
  choices: IconListCheck,
};

export const typeOrder = Object.keys(typeIcons) as FieldType[];
