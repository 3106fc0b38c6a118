import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';
import { startTestService } from '../support/service.js';

const GENERATED = new URL('../../libs/client/src/routes.generated.ts', import.meta.url);
const HEAD =
  '/* Made from /openapi.json by openapi-typescript; `npm run client:types` makes it again. Not to be edited. */\n';

it('the types of the client are those of the service: npm run client:types makes them again', async () => {
  const service = await startTestService();
  try {
    const description = await (await fetch(`${service.url}/openapi.json`)).text();
    const types = HEAD + astToString(await openapiTS(description, { defaultNonNullable: false }));
    if (process.env['CASEBOOK_WRITE_CLIENT_TYPES'] !== undefined) await writeFile(GENERATED, types);
    expect((await readFile(GENERATED, 'utf8')) === types).toBe(true);
  } finally {
    await service.close();
  }
});
