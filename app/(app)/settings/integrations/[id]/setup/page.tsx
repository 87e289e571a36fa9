import { redirect } from "next/navigation";
import { resumeAt } from "@/lib/wizard-flow";
import { readPageSettings } from "../page-settings";

type Props = { params: Promise<{ id: string }> };

/** Goes on where the person was. */
export default async function SetupPage({ params }: Props) {
  const { settings } = await readPageSettings(params);
  redirect(`/settings/integrations/${settings.id}/setup/${resumeAt(settings.wizardStep)}`);
}
