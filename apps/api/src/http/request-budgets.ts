import type { FastifyInstance, FastifyRequest } from 'fastify';

/** What one request may take, by its route. */
export interface Budget {
  /** Of the body, at most. */
  readonly bytes: number;
  /** JSON values in the body, at most: what is parsed and validated costs by the element, not by the byte. */
  readonly elements: number;
  /** How many plain requests it counts for in the rate limit: a read or a write of one thing is 1. */
  readonly cost: number;
}

const MIB = 1024 * 1024;

/** A document: 4 MiB of text, twice that when every other character is escaped, and its fields. */
export const LARGEST_BODY = 10 * MIB;

const USUAL: Budget = { bytes: MIB, elements: 10_000, cost: 1 };

/** The budgets that are not the usual one: by method and by what the route's pattern ends with. The first that fits counts. */
const BUDGETS: readonly (readonly [method: 'GET' | 'POST', ending: RegExp, Partial<Budget>])[] = [
  ['POST', /\/documents$/, { bytes: LARGEST_BODY, cost: 2 }],
  ['POST', /\/batches$/, { bytes: LARGEST_BODY, elements: 100_000, cost: 20 }],
  ['POST', /\/import$/, { bytes: LARGEST_BODY, cost: 50 }],
  ['POST', /\/(undo|erasures|rebuild)$/, { cost: 20 }],
  // Open to everybody.
  ['POST', /\/session$/, { bytes: 16 * 1024, elements: 100 }],
  ['GET', /\/search$/, { cost: 20 }],
  ['GET', /\/export$/, { cost: 100 }],
  [
    'GET',
    /\/(difference|activity|suggestions|sources|casualties|scorecard|timeline|graph|blame|timemap|tags)$/,
    { cost: 10 },
  ],
  ['GET', /\/(audit|events|history|text)$/, { cost: 5 }],
  // Pages, and incidents whole.
  [
    'GET',
    /\/(incidents|documents|members|claims|warnings|attacks|links|disputes|comments|refusals|:incident)$/,
    { cost: 2 },
  ],
];

/** The same within one incident is of the usual size: attaching a document is no import of one. */
const isAttachment = (url: string): boolean => url.endsWith('/incidents/:incident/documents');

export function budgetOf(method: string, url: string): Budget {
  const asked = method === 'HEAD' ? 'GET' : method;
  const own = BUDGETS.find(
    ([of, ending]) => of === asked && ending.test(url) && !(of === 'POST' && isAttachment(url)),
  );
  return { ...USUAL, ...own?.[2] };
}

declare module 'fastify' {
  interface FastifyContextConfig {
    budget?: Budget;
  }
}

/** The budget of the request's route; of an address without a route, the usual one. */
export const budgetOfRequest = ({ routeOptions }: FastifyRequest): Budget =>
  routeOptions.config.budget ?? USUAL;

/** Gives every route its budget. To be called before the routes are made. */
export function giveBudgets(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    const budget = budgetOf([route.method].flat()[0] ?? 'GET', route.url.replace(/\/$/, ''));
    route.config = { ...route.config, budget };
    route.bodyLimit = budget.bytes;
  });
}
