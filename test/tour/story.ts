import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Analyst, joins, on } from './desk.js';
import { after, before, disagreement, postBook } from './months-work.js';

/**
 * A month at a desk of three: Ines Maro leads it, Teodor Hask and Wanjiru Adeyo annotate. What they record, when, and what they get
 * wrong on the way. The incident and everyone in it are invented (corpus/README.md).
 */
export async function story(app: NestFastifyApplication, ines: Analyst): Promise<void> {
  on('05-05 13:10');
  const teodor = await joins(app, ines, { id: 'teodor', name: 'Teodor Hask', role: 'adjudicator' });
  const wanjiru = await joins(app, ines, { id: 'wanjiru', name: 'Wanjiru Adeyo', role: 'annotator' });
  on('05-05 13:24');
  const { id: incident } = await ines.post('incidents', {
    title: 'The night ferry, Port Mirel',
    summary:
      'A bomb on the car deck of the Grey Heron at Sable Quay, 4 May 2024. How many died, who did it, and whether the ministry had been told beforehand are all contested.',
  });
  const desk = { ines, teodor, wanjiru, incident, at: `incidents/${incident}` };
  const first = await before(desk);
  const told = await after(desk, first);
  const dispute = await disagreement(desk, first, told);
  await postBook(desk, first, told, dispute);
  on('06-03 17:30');
  await leaves(ines);
}

/** Nobody can sign in by a token of the tour: all are revoked, the admin's own last. */
async function leaves(admin: Analyst): Promise<void> {
  interface Tokens {
    readonly items: readonly { readonly id: string }[];
  }
  for (const member of ['teodor', 'wanjiru', 'ines']) {
    const { items } = await admin.ask<Tokens>('GET', `members/${member}/tokens`);
    for (const { id } of items) await admin.post(`tokens/${id}/revocation`);
  }
}
