import type { Annotation, Incident } from './types.js';

/** Every annotation of an incident, kind by kind in the order of recording. */
export const annotationsOf = (incident: Incident): Annotation[] =>
  [
    ...incident.claims,
    ...incident.warnings,
    ...incident.attacks,
    ...incident.links,
    ...incident.disputes,
    ...incident.comments,
    ...incident.items,
  ] as Annotation[];

export const annotationIn = (incident: Incident, id: string): Annotation | undefined =>
  annotationsOf(incident).find((each) => each.id === id);

/** Active: neither retracted nor erased. */
export const stands = ({ status }: Pick<Annotation, 'status'>): boolean =>
  status !== 'retracted' && status !== 'erased';
