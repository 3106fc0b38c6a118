import type { MadeWebhook, Problem, WebhookView } from '@casebook/contracts';
import { unreachable } from './failures.js';

export interface WebhookOptions {
  readonly url: string;
  readonly workspace: string;
  readonly token?: string | undefined;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Asks the service about its webhooks. @throws Error with the problem's detail */
async function ask<T>(options: WebhookOptions, method: string, path: string, body?: object): Promise<T> {
  const { url, workspace, token = process.env['CASEBOOK_TOKEN'] } = options;
  if (token === undefined) throw new Error('give a token: --token, or CASEBOOK_TOKEN');
  const answer = await fetch(
    new URL(`/v1/workspaces/${encodeURIComponent(workspace)}/webhooks${path}`, url),
    {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    },
  ).catch(unreachable(url));
  const text = await answer.text();
  if (answer.ok) return (text === '' ? undefined : JSON.parse(text)) as T;
  const { detail, title, errors } = JSON.parse(text) as Problem;
  throw new Error(
    errors?.map((each) => `${each.pointer ?? ''} ${each.detail}`.trim()).join('; ') ?? detail ?? title,
  );
}

export async function listWebhooks(options: WebhookOptions): Promise<void> {
  const { items } = await ask<{ items: WebhookView[] }>(options, 'GET', '');
  for (const { id, url, status, position, attempts, deadLetters, error } of items)
    say(
      `${id}  ${status}  position ${position}  ${attempts} failed attempts  ${deadLetters} dead letters  ${url}${error === null ? '' : `  ${error}`}`,
    );
  if (items.length === 0) say('There are no webhooks.');
}

export async function addWebhook(address: string, options: WebhookOptions): Promise<void> {
  const { id, secret } = await ask<MadeWebhook>(options, 'POST', '', { url: address });
  say(`webhook ${id}`);
  say(`secret, shown this once: ${secret}`);
}

export async function removeWebhook(id: string, options: WebhookOptions): Promise<void> {
  await ask(options, 'DELETE', `/${encodeURIComponent(id)}`);
  say(`removed ${id}`);
}

export async function redeliverWebhook(
  id: string,
  options: WebhookOptions & { readonly after: string },
): Promise<void> {
  const after = Number(options.after);
  const { position } = await ask<WebhookView>(options, 'POST', `/${encodeURIComponent(id)}/redelivery`, {
    after,
  });
  say(`sends the events behind position ${position} again`);
}
