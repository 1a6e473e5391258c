import { Visitor, type Scene } from './visitor.ts';

/** An operator at the portal, in a browser of his own. */
export interface OperatorVisitor {
  readonly visitor: Visitor;
  /** Shown once, when it was made. */
  readonly key: string;
}

const keys = new WeakMap<object, string>();

/** Opens the portal and signs in: the first time by the set-up code, then by the key that it has made. */
export async function arriveAsOperator(scene: Scene): Promise<OperatorVisitor> {
  const { site } = scene;
  const visitor = await Visitor.arrive(scene);
  await visitor.page.goto(`${site.gateway}/portal`);
  const known = keys.get(site);
  if (known !== undefined) {
    await signIn(visitor, known);
    return { visitor, key: known };
  }
  const key = await setUp(visitor, await site.loadSetupCode());
  keys.set(site, key);
  return { visitor, key };
}

/** Enters the set-up code, keeps the key, and goes on. @returns the key */
export async function setUp({ page }: Visitor, code: string): Promise<string> {
  await page.getByRole('button', { name: 'First time here?' }).click();
  await page.getByLabel('Set-up code').fill(code);
  await page.getByRole('button', { name: 'Make the operator key' }).click();
  await page.getByRole('heading', { name: 'Your operator key' }).waitFor();
  const key = (await page.locator('.copy code').textContent()) ?? '';
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await page.getByRole('heading', { level: 1, name: 'Set up' }).waitFor();
  return key;
}

/** Enters the operator key. */
export async function signIn({ page }: Visitor, key: string): Promise<void> {
  await page.getByLabel('Operator key').fill(key);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Portal' }).waitFor();
}
