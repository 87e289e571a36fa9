"use server";

import { runAction } from "@/app/server/run-action";
import { sendTestMail } from "@/services/mail/send-test-mail";
import { type SavePreferenceInput, savePreference } from "@/services/telling/mail-preferences";

export async function savePreferenceAction(input: SavePreferenceInput) {
  return runAction(async (ctx) => {
    await savePreference({ ctx, input });
    return null;
  });
}

export async function sendTestMailAction() {
  return runAction((ctx) => sendTestMail({ ctx }));
}
