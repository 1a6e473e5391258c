import type { Fields, Reply, ScriptedApp } from './scripted-app.ts';

/** List of the simulated Developer Portal. */
export const LIST = '/developers/applications';

/** Posts a form as the page has it: with the token that the page gives. */
export async function submitForm(
  app: ScriptedApp,
  path: string,
  fields: Fields,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const { text } = await app.send(path, {});
  const token = /name="form_token" value="([^"]+)"/.exec(text)?.[1];
  return app.postForm(path, { form_token: token, ...fields }, headers);
}
