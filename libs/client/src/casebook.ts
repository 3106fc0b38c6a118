import createClient, { type Client } from 'openapi-fetch';
import { type Followed, followEvents, type FollowOptions } from './follow.js';
import { ProblemAnswer, problemOf } from './problem.js';
import { retryingFetch, type RetryOptions } from './retrying-fetch.js';
import type { paths } from './routes.generated.js';

export interface CasebookOptions extends RetryOptions {
  /** Where the service is, such as `https://casebook.example.org`. */
  readonly url: string;
  /** Left out in the console, whose session is a cookie. */
  readonly token?: string;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A client of the service. `api` has every route, with its parameters, bodies and answers as types
 * (`api.POST('/v1/workspaces/{workspace}/incidents', { params, body })`); it sends again what may be sent again.
 */
export class Casebook {
  readonly api: Client<paths>;

  constructor(private readonly options: CasebookOptions) {
    this.api = createClient<paths>({
      baseUrl: options.url,
      headers: headersOf(options),
      fetch: retryingFetch(options),
    });
  }

  /** The events of a workspace as they are recorded: see {@link followEvents}. */
  follow(workspace: string, options: FollowOptions = {}): AsyncGenerator<Followed, void, void> {
    const { url, fetch, firstWait, longestWait } = this.options;
    return followEvents({ url, headers: headersOf(this.options), workspace }, options, {
      ...(fetch !== undefined && { fetch }),
      ...(firstWait !== undefined && { firstWait }),
      ...(longestWait !== undefined && { longestWait }),
    });
  }
}

const headersOf = ({ token, headers }: CasebookOptions): Record<string, string> => ({
  ...headers,
  ...(token !== undefined && { authorization: `Bearer ${token}` }),
});

/**
 * What a request was answered with: `await answerOf(casebook.api.GET(…))`.
 *
 * @throws ProblemAnswer for every answer that is none
 */
export async function answerOf<T>(
  sent: Promise<{ readonly data?: T; readonly error?: unknown; readonly response: Response }>,
): Promise<NonNullable<T>> {
  const { data, error, response } = await sent;
  if (!response.ok || data === undefined || data === null)
    throw new ProblemAnswer(problemOf(response.status, error));
  return data;
}
