import type { DecidedEvent, IncidentEventType, Refusal, RefusalCode } from '@casebook/contracts';

export interface Accepted {
  readonly accepted: true;
  readonly events: DecidedEvent<IncidentEventType>[];
}
export interface Refused {
  readonly accepted: false;
  readonly refusal: Refusal;
}
export type IncidentDecision = Accepted | Refused;

export const accept = (...events: DecidedEvent<IncidentEventType>[]): Accepted => ({
  accepted: true,
  events,
});
export const unchanged = (): Accepted => accept();
export const refuse = (code: RefusalCode, detail: string, facts?: Refusal['facts']): Refused => ({
  accepted: false,
  refusal: { code, detail, ...(facts && { facts }) },
});
export const because = (reason: string | undefined) => (reason === undefined ? {} : { reason });
