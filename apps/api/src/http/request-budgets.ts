import type { FastifyInstance, FastifyRequest } from 'fastify';

/** What one request may cost, by route. */
export interface Budget {
  /** Maximum bytes of the body. */
  readonly bytes: number;
  /** Maximum JSON values in the body: parsing and validation cost by element, not by byte. */
  readonly elements: number;
  /** How many plain requests it counts as in the rate limit; reading or writing one thing is 1. */
  readonly cost: number;
}

const MIB = 1024 * 1024;

/** A document: 4 MiB of text, twice that if every other character is escaped, and its fields. */
export const LARGEST_BODY = 10 * MIB;

const USUAL: Budget = { bytes: MIB, elements: 10_000, cost: 1 };

/** The unusual budgets, by method and by the end of the route's pattern. The first match counts. */
const BUDGETS: readonly (readonly [method: 'GET' | 'POST', ending: RegExp, Partial<Budget>])[] = [
  ['POST', /\/documents$/, { bytes: LARGEST_BODY, cost: 2 }],
  ['POST', /\/batches$/, { bytes: LARGEST_BODY, elements: 100_000, cost: 20 }],
  ['POST', /\/import$/, { bytes: LARGEST_BODY, cost: 50 }],
  ['POST', /\/(undo|erasures|rebuild|carry-over)$/, { cost: 20 }],
  // Public route.
  ['POST', /\/session$/, { bytes: 16 * 1024, elements: 100 }],
  ['GET', /\/search$/, { cost: 20 }],
  ['GET', /\/export$/, { cost: 100 }],
  ['GET', /\/export\/[^/]+$/, { cost: 50 }],
  [
    'GET',
    /\/(difference|activity|suggestions|sources|casualties|scorecard|timeline|graph|blame|timemap|tags)$/,
    { cost: 10 },
  ],
  ['GET', /\/(audit|events|history|text)$/, { cost: 5 }],
  // Pages and whole incidents.
  [
    'GET',
    /\/(incidents|documents|members|claims|warnings|attacks|links|disputes|comments|items|refusals|:incident)$/,
    { cost: 2 },
  ],
];

/** Attaching a document to an incident has the usual budget; only importing one is large. */
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

/** The budget of the request's route; the usual one for an unknown address. */
export const budgetOfRequest = ({ routeOptions }: FastifyRequest): Budget =>
  routeOptions.config.budget ?? USUAL;

/** Assigns every route its budget. Call it before the routes are registered. */
export function giveBudgets(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    const budget = budgetOf([route.method].flat()[0] ?? 'GET', route.url.replace(/\/$/, ''));
    route.config = { ...route.config, budget };
    route.bodyLimit = budget.bytes;
  });
}
