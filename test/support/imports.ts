import { exchangeReport, type ExchangeReport } from '@casebook/contracts';
import type { Client } from './service.js';

export type ItemReport = Extract<ExchangeReport, { type: 'item' }>;
export type EndReport = Extract<ExchangeReport, { type: 'end' }>;

/** Sends another tool's items to an incident; the report, items in their order. */
export async function importItems(
  client: Client,
  incident: string,
  body: unknown,
  { type = 'application/ld+json', query = '' } = {},
): Promise<{ items: ItemReport[]; end: EndReport }> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await client.post(`${incident}/import${query}`, text, { 'content-type': type });
  if (answer.status !== 200) throw new Error(answer.text);
  const lines = answer.text
    .trimEnd()
    .split('\n')
    .map((line) => exchangeReport.parse(JSON.parse(line)));
  return {
    items: lines.filter((line): line is ItemReport => line.type === 'item').sort((a, b) => a.index - b.index),
    end: lines.at(-1) as EndReport,
  };
}

export const itemsOf = async (client: Client, incident: string): Promise<Record<string, any>[]> =>
  (await client.get(`${incident}/items?limit=500`)).body.items as Record<string, any>[];
