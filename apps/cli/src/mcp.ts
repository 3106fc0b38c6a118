import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { VERSION } from '@casebook/contracts';
import { z } from 'zod';
import { unreachable } from './failures.js';

/* The Model Context Protocol over standard input and output: a member's token lets an assistant read, search and propose. */

export interface McpOptions {
  readonly url: string;
  readonly workspace: string;
  readonly token: string | undefined;
}

/** A tool's answer: JSON as text, or a sentence that says what is wrong. */
interface ToolAnswer {
  [field: string]: unknown;
  content: { type: 'text'; text: string }[];
  isError?: true;
}

/** Code points of document text in one answer. */
const TEXT_PIECE = 20_000;

const id = z.string().describe('its id');
const asOf = z
  .string()
  .optional()
  .describe('the state at that moment: a position of the ledger, an RFC 3339 time or a day');
const incident = z.string().describe('the id of an incident');

const INSTRUCTIONS = `Casebook is a ledger of analysts’ findings about incidents in source documents. Read a document before you propose a claim from it,
and quote it character for character. A member decides on each proposal; until then it counts nowhere.`;

/** Serves until standard input ends. */
export async function serveMcp({ url, workspace, token }: McpOptions): Promise<void> {
  if (token === undefined) throw new Error('needs a token: --token, or CASEBOOK_TOKEN in the environment');
  const server = new McpServer({ name: 'casebook', version: VERSION }, { instructions: INSTRUCTIONS });
  const service = new Service(new URL(`/v1/workspaces/${encodeURIComponent(workspace)}/`, url), token);
  registerReads(server, service);
  registerProposing(server, service);
  await server.connect(new StdioServerTransport());
}

/** Requests to the service. */
class Service {
  constructor(
    private readonly base: URL,
    private readonly token: string,
  ) {}

  async get(path: string, query: Readonly<Record<string, string | undefined>> = {}): Promise<ToolAnswer> {
    return this.told(await this.ask(path, query));
  }

  async post(path: string, body: object): Promise<ToolAnswer> {
    return this.told(await this.ask(path, {}, body));
  }

  /** A part of a document's text, in code points. */
  async text(document: string, start: number): Promise<ToolAnswer> {
    const answer = await this.ask(`documents/${encodeURIComponent(document)}/text`);
    if (!answer.ok) return this.told(answer);
    const points = Array.from(await answer.text());
    const end = Math.min(points.length, start + TEXT_PIECE);
    const more = end < points.length ? { next: end } : {};
    return told(
      JSON.stringify({
        document,
        start,
        end,
        of: points.length,
        ...more,
        text: points.slice(start, end).join(''),
      }),
    );
  }

  private ask(
    path: string,
    query: Readonly<Record<string, string | undefined>> = {},
    body?: object,
  ): Promise<Response> {
    const address = new URL(path, this.base);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) address.searchParams.set(name, value);
    return fetch(address, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch(unreachable(this.base.origin));
  }

  private async told(answer: Response): Promise<ToolAnswer> {
    const text = await answer.text();
    if (answer.ok) return told(text);
    const { detail, title } = JSON.parse(text) as { detail?: string; title?: string };
    return { ...told(`${answer.status}: ${detail ?? title ?? 'refused'}`), isError: true };
  }
}

const told = (text: string): ToolAnswer => ({ content: [{ type: 'text', text }] });
const within = (...parts: readonly string[]): string => parts.map(encodeURIComponent).join('/');

function registerReads(server: McpServer, service: Service): void {
  const annotations = { readOnlyHint: true, openWorldHint: false };
  const page = { cursor: z.string().optional().describe('`next` of the previous page') };
  server.registerTool(
    'list_incidents',
    {
      description: 'Incidents, in pages, with the number of their annotations.',
      annotations,
      inputSchema: { q: z.string().optional().describe('words of the title'), asOf, ...page },
    },
    (query) => service.get('incidents', query),
  );
  server.registerTool(
    'read_incident',
    {
      description:
        'An incident with its documents and everything recorded in it, now or as it was at any moment. Items of type proposal are waiting for a decision.',
      annotations,
      inputSchema: { incident, asOf },
    },
    (given) => service.get(within('incidents', given.incident), { asOf: given.asOf }),
  );
  server.registerTool(
    'list_documents',
    {
      description: 'Documents of the library, in pages.',
      annotations,
      inputSchema: { q: z.string().optional().describe('words of the title'), asOf, ...page },
    },
    (query) => service.get('documents', query),
  );
  server.registerTool(
    'read_document',
    {
      description: `The text of a document, ${TEXT_PIECE} code points at a time; next says where the rest begins.`,
      annotations,
      inputSchema: {
        document: id,
        start: z.number().int().min(0).optional().describe('the first code point'),
      },
    },
    ({ document, start = 0 }) => service.text(document, start),
  );
  server.registerTool(
    'search',
    {
      description:
        'Finds words, "phrases", beginnings*, names and places in documents, incidents and annotations.',
      annotations,
      inputSchema: {
        q: z.string(),
        kind: z
          .string()
          .optional()
          .describe('document, incident, claim, warning, attack, link, dispute, comment or item'),
        asOf,
        ...page,
      },
    },
    (query) => service.get('search', query),
  );
  server.registerTool(
    'explain',
    {
      description: 'The event that gave each field of an annotation its value: who, when and why.',
      annotations,
      inputSchema: { incident, annotation: id, asOf },
    },
    (given) =>
      service.get(within('incidents', given.incident, 'annotations', given.annotation, 'blame'), {
        asOf: given.asOf,
      }),
  );
}

function registerProposing(server: McpServer, service: Service): void {
  server.registerTool(
    'propose_claim',
    {
      description:
        'Proposes a claim: what a passage of a document says, and who says it. A member accepts, changes or declines it.',
      annotations: { readOnlyHint: false, destructiveHint: false, openWorldHint: false },
      inputSchema: {
        incident,
        document: id,
        exact: z.string().describe('the quote, character for character'),
        prefix: z.string().optional().describe('the text just before, if the quote occurs several times'),
        suffix: z.string().optional().describe('the text just after'),
        statement: z.string().optional().describe('what is said, in your words'),
        asserters: z
          .array(
            z.object({ name: z.string(), kind: z.enum(['named', 'anonymous', 'organisation', 'document']) }),
          )
          .optional()
          .describe('who says it, and through whom, in this order'),
        modality: z.enum(['stated', 'hedged', 'denied', 'question', 'speculation']).optional(),
        quotation: z.enum(['verbatim', 'paraphrase']).optional(),
        confidence: z.number().min(0).max(1).optional().describe('your confidence, from 0 to 1'),
        grounds: z.string().optional().describe('why'),
      },
    },
    ({ incident: within_, document: documentId, exact, prefix, suffix, confidence, grounds, ...fields }) =>
      service.post(within('incidents', within_, 'proposals'), {
        command: 'tag-claim',
        body: { anchor: { documentId, exact, prefix, suffix }, ...fields },
        by: clientOf(server),
        tool: `Casebook MCP ${VERSION}`,
        confidence,
        grounds,
      }),
  );
}

/** What the client calls itself. */
function clientOf(server: McpServer): string {
  const client = server.server.getClientVersion();
  return client === undefined ? 'an assistant' : `${client.name} ${client.version}`.slice(0, 200);
}
