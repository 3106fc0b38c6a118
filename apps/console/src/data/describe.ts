import { words } from '../strings/vocabulary.js';
import type { Annotation, Attack, Change, Figure, Incident } from './types.js';
import { annotationIn } from './annotations.js';

/** One line that describes an annotation wherever it is named. */
export function titleOf(annotation: Annotation): string {
  switch (annotation.kind) {
    case 'claim':
      return annotation.statement ?? annotation.anchor?.exact ?? words.kind.claim;
    case 'warning':
    case 'attack':
      return annotation.summary ?? words.kind[annotation.kind];
    case 'link':
      return annotation.relation === undefined ? words.kind.link : words.relation[annotation.relation];
    case 'dispute':
      return annotation.question ?? words.kind.dispute;
    case 'comment':
      return annotation.body ?? words.kind.comment;
    case 'item':
      return annotation.title ?? annotation.type ?? words.kind.item;
  }
}

/** A change's sentence with the member's name in place of the id at its beginning. */
export const sentenceOfChange = (
  { actor, sentence }: Pick<Change, 'actor' | 'sentence'>,
  nameOf: (member: string) => string,
): string => (sentence.startsWith(`${actor} `) ? nameOf(actor) + sentence.slice(actor.length) : sentence);

/** A link with both ends: "… warned of …". */
export function sentenceOfLink(incident: Incident, link: Annotation & { kind: 'link' }): string {
  const end = (id: string | undefined): string => {
    const found = id === undefined ? undefined : annotationIn(incident, id);
    return found === undefined ? '…' : titleOf(found);
  };
  return `${end(link.warningId ?? link.earlierAttackId)} ${titleOf(link)} ${end(link.attackId)}`;
}

/** "killed: 31 or more", "killed: 9 to 12", "killed: 20 at most". */
export function figureText({ counts, min, max }: Figure): string {
  const [low, high] = [min ?? null, max ?? null];
  if (low !== null && low === high) return `${counts}: ${low}`;
  if (low !== null && high !== null) return `${counts}: ${low} to ${high}`;
  if (low !== null) return `${counts}: ${low} or more`;
  if (high !== null) return `${counts}: ${high} at most`;
  return counts;
}

/** "killed: 38 to 41, best 38; wounded: 104 or more, best 104". */
export const tollsText = (casualties: NonNullable<Attack['casualties']>): string =>
  (['killed', 'wounded'] as const)
    .flatMap((counts) => {
      const toll = casualties[counts];
      if (toll == null) return [];
      const { low: min = null, high: max = null, best } = toll;
      const range = min === null && max === null ? counts : figureText({ counts, min, max });
      return [best == null ? range : `${range}${range === counts ? ':' : ','} best ${best}`];
    })
    .join('; ');
