import { Client as McpClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { fileURLToPath } from 'node:url';
import { type Client, startTestService, type TestService } from '../support/service.js';

const MAIN = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url));
const LOADER = new URL('../../libs/testing/src/register-typescript.mjs', import.meta.url).href;
const TEXT = 'At least nine people were killed on Tuesday, the governor said. Nobody had been warned.';

describe('an assistant over the Model Context Protocol', () => {
  let service: TestService;
  let analyst: Client;
  const assistant = new McpClient({ name: 'reading-assistant', version: '2.0' });
  let [documentId, incident, claim]: string[] = [];
  beforeAll(async () => {
    service = await startTestService();
    analyst = await service.member('analyst', 'annotator');
    documentId = (await analyst.post('documents', { title: 'Market', text: TEXT })).body.id as string;
    incident = (await analyst.post('incidents', { title: 'Market' })).body.id as string;
    await analyst.post(`incidents/${incident}/documents`, { documentId });
    const anchor = { documentId, exact: 'Nobody had been warned' };
    claim = (await analyst.post(`incidents/${incident}/claims`, { anchor, statement: 'No warning.' })).body
      .id as string;
    await service.caughtUp();
    await service.member('assistant', 'annotator');
    const { body } = await service.admin.post('members/assistant/tokens', {
      permissions: ['read', 'propose'],
    });
    await assistant.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: ['--import', LOADER, MAIN, 'mcp', '--url', service.url],
        env: { PATH: process.env['PATH'] ?? '', CASEBOOK_TOKEN: body.token as string },
        stderr: 'inherit',
      }),
    );
  });
  afterAll(async () => {
    await assistant.close();
    await service.close();
  });

  async function call(name: string, given: Record<string, unknown>) {
    const { content, isError } = await assistant.callTool({ name, arguments: given });
    const [{ text }] = content as [{ text: string }];
    return {
      text,
      isError: isError === true,
      body: isError === true ? undefined : JSON.parse(text),
    };
  }

  it('lists what it can do, and which of it only reads', async () => {
    const { tools } = await assistant.listTools();
    expect(tools.map(({ name, annotations }) => [name, annotations?.readOnlyHint])).toEqual([
      ['list_incidents', true],
      ['read_incident', true],
      ['list_documents', true],
      ['read_document', true],
      ['search', true],
      ['explain', true],
      ['propose_claim', false],
    ]);
  });

  it('reads, searches and explains what its member may see', async () => {
    expect((await call('list_incidents', { q: 'market' })).body.items[0].id).toBe(incident);
    expect((await call('list_documents', {})).body.items[0].id).toBe(documentId);
    expect((await call('read_document', { document: documentId, start: 9 })).body).toEqual({
      document: documentId,
      start: 9,
      end: TEXT.length,
      of: TEXT.length,
      text: TEXT.slice(9),
    });
    expect((await call('search', { q: 'warned', kind: 'claim' })).body.items[0].id).toBe(claim);
    expect((await call('explain', { incident, annotation: claim })).text).toContain('analyst');
    expect((await call('read_incident', { incident })).body.claims).toHaveLength(1);
  });

  it('reads the past', async () => {
    const { position } = (await analyst.get(`incidents/${incident}/claims/${claim}`)).body;
    const before = await call('read_incident', { incident, asOf: String(position - 1) });
    expect(before.body.claims).toEqual([]);
  });

  it('proposes a claim by its quote, which a member accepts', async () => {
    const { body } = await call('propose_claim', {
      incident,
      document: documentId,
      exact: 'At least nine people were killed on Tuesday',
      statement: 'Nine were killed.',
      asserters: [{ name: 'the governor', kind: 'named' }],
      confidence: 0.9,
    });
    const item = await analyst.get(`incidents/${incident}/items/${body.id}`);
    expect(item.body).toMatchObject({
      type: 'proposal',
      recordedBy: 'assistant',
      content: {
        by: 'reading-assistant 2.0',
        tool: expect.stringMatching(/^Casebook MCP \d/),
        confidence: 0.9,
      },
    });
    const decided = await analyst.post(`incidents/${incident}/proposals/decisions`, {
      decisions: [{ proposal: body.id, outcome: 'accepted' }],
    });
    const { id } = decided.body.decisions[0];
    expect((await analyst.get(`incidents/${incident}/claims/${id}`)).body).toMatchObject({
      statement: 'Nine were killed.',
      recordedBy: 'analyst',
    });
  });

  it('learns what is wrong, and what to do', async () => {
    const wrong = await call('propose_claim', {
      incident,
      document: documentId,
      exact: 'At least ten people',
    });
    expect(wrong).toMatchObject({
      isError: true,
      text: expect.stringMatching(/^422: The document does not contain this quote/),
    });
    const nothing = await call('read_incident', { incident: '018f48ec-f580-74c7-a138-51b3c22f3c2b' });
    expect(nothing).toMatchObject({ isError: true, text: expect.stringMatching(/^404: /) });
  });
});
