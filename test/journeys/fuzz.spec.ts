import { problem } from '@casebook/contracts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import {
  type Description,
  type Known,
  type MadeRequest,
  type Operation,
  requestsTo,
} from '../support/api-requests.js';
import { enter } from '../support/corpus.js';
import { startTestService, type TestService } from '../support/service.js';

/** `FUZZ_SEED=… FUZZ_RUNS=… npm test -- fuzz` looks elsewhere, and longer. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_122);
/** Requests to each operation that writes; one that reads gets half of them. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 32);
const AT_ONCE = 24;

/** What no answer may hold: SQL, PostgreSQL's words, stacks and paths of ours. */
const LEAK =
  /\n\s+at \S|\bat \S+ \(|node_modules|\.[cm]?[jt]s:\d+|\bSQLSTATE\b|syntax error at or near|relation "|column "|violates \w+ constraint|invalid input syntax|invalid byte sequence|pg_catalog|QueryFailedError|INSERT INTO|DELETE FROM|SELECT \w+ FROM|TypeError|Cannot read propert/;

describe('whatever is sent to the service', () => {
  let service: TestService;
  let description: Description;
  let known: Known;
  let ajv: Ajv2020;
  const operations: { method: string; path: string; operation: Operation }[] = [];

  beforeAll(async () => {
    service = await startTestService();
    description = (await (await fetch(`${service.url}/openapi.json`)).json()) as Description;
    for (const [path, item] of Object.entries(description.paths)) {
      for (const [method, operation] of Object.entries(item))
        operations.push({ method: method.toUpperCase(), path, operation });
    }
    ajv = new Ajv2020({ strict: false, validateFormats: true });
    addFormats.default(ajv);
    ajv.addSchema({ $id: 'openapi', ...description });
    known = await somethingOfEach();
  });
  afterAll(() => service.close());

  /** Ids of things that there are, some of each kind, so that requests get past "no such thing". */
  async function somethingOfEach(): Promise<Known> {
    const { admin } = service;
    const text =
      'At least nine people were killed on Tuesday. “Nobody told us.”\r\nA second witness: nothing.';
    const documents = [
      (await enter(admin, 'documents', { title: 'One', text })).id,
      (await enter(admin, 'documents', { title: 'Two', text: `${text} Two.` })).id,
    ];
    const ids: Record<string, string[]> = {
      workspace: ['default'],
      document: documents,
      incident: [],
      claims: [],
      warnings: [],
      attacks: [],
      links: [],
      disputes: [],
      comments: [],
      annotations: [],
      position: ['1', '3', '7'],
      level: ['0'],
      // Not those who ask: they would soon lose the right to.
      member: ['victim'],
      exact: ['nine people were killed'],
      prefix: ['At least '],
      suffix: [' on Tuesday'],
    };
    const put = async (kind: string, path: string, body: unknown): Promise<string> => {
      const { id } = await enter(admin, path, body);
      ids[kind]?.push(id);
      if (path.split('/').length === 3) ids['annotations']?.push(id);
      return id;
    };
    for (const title of ['First', 'Second', 'Third']) {
      const incident = await put('incident', 'incidents', { title });
      const at = `incidents/${incident}`;
      for (const documentId of documents) await enter(admin, `${at}/documents`, { documentId });
      const anchor = { documentId: documents[0], exact: 'nine people were killed' };
      const claim = await put('claims', `${at}/claims`, { anchor });
      const warning = await put('warnings', `${at}/warnings`, { summary: 'A call', evidence: [claim] });
      const attack = await put('attacks', `${at}/attacks`, { summary: 'A blast' });
      await put('links', `${at}/links`, { warningId: warning, attackId: attack });
      const positions = [{ statement: 'Nine' }, { statement: 'Ten' }];
      await put('disputes', `${at}/disputes`, { question: 'How many?', targets: [claim], positions });
      await put('comments', `${at}/comments`, { targetId: claim, body: 'Check this' });
    }
    ids['any'] = Object.entries(ids)
      .filter(([kind]) => /s$|incident/.test(kind))
      .flatMap(([, some]) => some);
    await service.member('victim', 'annotator');
    const annotator = await service.member('ann', 'annotator');
    const reader = await service.member('rea', 'reader');
    const tokens = [admin, admin, admin, admin, annotator, reader].map(({ token }) => token);
    return { ids, tokens };
  }

  const send = (made: MadeRequest): Promise<Response> =>
    fetch(`${service.url}${made.url}`, {
      method: made.method,
      headers: made.headers,
      ...(made.body !== undefined && { body: Buffer.from(made.body) }),
    });

  const schemaAt = (...pointer: string[]) =>
    ajv.getSchema(
      `openapi#/${pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`,
    );

  /** What is wrong with an answer; nothing, if all is well. */
  async function faultsOf(made: MadeRequest, operation: Operation, answer: Response): Promise<string[]> {
    const text = await answer.text();
    const media = answer.headers.get('content-type')?.split(';', 1)[0] ?? '';
    const faults: string[] = [];
    const at = ['paths', made.path, made.method.toLowerCase()];
    // To wait in vain for a position is no failure: it was asked for.
    if (answer.status >= 500 && !text.includes('position-not-reached')) faults.push('the service failed');
    const documented = operation.responses[answer.status];
    if (documented === undefined) faults.push('the status is not documented');
    else if (answer.status !== 204 && answer.status !== 304 && documented.content?.[media] === undefined)
      faults.push(`${media} is not documented for this status`);
    if (made.method === 'GET' && answer.headers.has('etag') && operation.responses[304] === undefined)
      faults.push('an answer with an ETag, and no 304 documented');
    if (answer.status >= 400) {
      const parsed = problem.safeParse(media === 'application/problem+json' ? JSON.parse(text) : undefined);
      if (!parsed.success || parsed.data.status !== answer.status) faults.push('the problem is none');
      if (LEAK.test(text)) faults.push('the problem tells of our inside');
      return faults;
    }
    if (media === 'application/json') {
      const validate = schemaAt(...at, 'responses', String(answer.status), 'content', media, 'schema');
      if (validate?.(JSON.parse(text)) === false)
        faults.push(`the answer is not what is documented: ${ajv.errorsText(validate.errors)}`);
    }
    // A file has no schema; its media type says that it is one.
    const isJson = /^application\/json\b/.test(made.headers['content-type'] ?? 'application/json');
    if (isJson && operation.requestBody?.content['application/json'] !== undefined) {
      const validate = schemaAt(...at, 'requestBody', 'content', 'application/json', 'schema');
      const body: unknown =
        made.body === undefined || made.body.length === 0
          ? {}
          : JSON.parse(new TextDecoder().decode(made.body));
      if (validate?.(body) === false)
        faults.push(`it took a body against the schema: ${ajv.errorsText(validate.errors)}`);
    }
    return faults;
  }

  it('gets an answer that is documented: never a failure of ours, a body against its schema, or a word of SQL', async () => {
    const requests = operations.flatMap(({ method, path, operation }, index) =>
      fc
        .sample(requestsTo(method, path, operation, description, known), {
          seed: SEED + index,
          numRuns: method === 'GET' ? Math.ceil(RUNS / 2) : RUNS,
        })
        .map((made) => ({ made, operation })),
    );
    // Operations take turns, so that what one does to the workspace the others meet.
    const turns = requests
      .map((each, at) => ({
        each,
        // Settings come last: with If-Match demanded, most writes after them would end there.
        order: each.made.path.endsWith('/settings') ? requests.length : (at * 7919) % requests.length,
      }))
      .sort((a, b) => a.order - b.order)
      .map(({ each }) => each);
    const statuses = new Map<number, number>();
    /** One example of each fault. */
    const failures = new Map<string, string>();
    const work = turns.values();
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (const { made, operation } of work) {
          const answer = await send(made);
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
          const faults = await faultsOf(made, operation, answer);
          if (faults.length > 0)
            failures.set(`${made.method} ${made.path}: ${answer.status}, ${faults.join('; ')}`, shown(made));
        }
      }),
    );
    if (process.env['FUZZ_REPORT'] !== undefined) {
      process.stderr.write(
        `${turns.length} requests: ${JSON.stringify(Object.fromEntries([...statuses].sort(([a], [b]) => a - b)))}\n`,
      );
    }
    expect(Object.fromEntries(failures)).toEqual({});
    // Requests that are all refused at the door would prove nothing.
    const succeeded = [...statuses]
      .filter(([status]) => status < 300)
      .reduce((sum, [, count]) => sum + count, 0);
    expect(succeeded).toBeGreaterThan(turns.length / 10);
    expect(turns.length).toBeGreaterThan(2_000);
  }, 240_000);

  it('and the views still say what the ledger says', async () => {
    for (const view of await service.replay()) expect(view).toMatchObject({ differences: [] });
  });
});

function shown({ url, headers, body }: MadeRequest): string {
  const { authorization = '', ...others } = headers;
  const text = body === undefined ? '' : Buffer.from(body).toString('utf8').slice(0, 300);
  return `${url.slice(0, 200)} ${authorization.slice(0, 16)} ${JSON.stringify(others)} ${text}`;
}
