import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { describe, expect, it } from 'vitest';
import { buildDocument } from '../contract/openapi-document.ts';

/** After a change of the sources: `npx vitest run test/docs -u`, and commit what it wrote. */
describe('the generated OpenAPI files', () => {
  it('are the document', async () => {
    const text = `${JSON.stringify(buildDocument(), null, 2)}\n`;

    await expect(text).toMatchFileSnapshot('../../docs/generated/openapi.json');
  });

  it('are the types of its client', async () => {
    const types = astToString(await openapiTS(buildDocument() as unknown as OpenAPI3));

    await expect(types).toMatchFileSnapshot('../../docs/generated/openapi.d.ts');
  });
});
