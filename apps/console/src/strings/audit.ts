import type { EventType } from '../data/audit.js';
import type { Fault, Growth, Standing } from '../proof/check.js';

/** Event types grouped by the kind of thing they concern: the choices of the filter. */
export const eventWords: Readonly<Record<string, Readonly<Partial<Record<EventType, string>>>>> = {
  Claims: {
    ClaimTagged: 'Claim tagged',
    ClaimRevised: 'Claim revised',
    ClaimRetracted: 'Claim retracted',
    ClaimReinstated: 'Claim reinstated',
  },
  Warnings: {
    WarningRecorded: 'Warning recorded',
    WarningRevised: 'Warning revised',
    WarningRetracted: 'Warning retracted',
    WarningReinstated: 'Warning reinstated',
  },
  Attacks: {
    AttackRecorded: 'Attack recorded',
    AttackRevised: 'Attack revised',
    AttackRetracted: 'Attack retracted',
    AttackReinstated: 'Attack reinstated',
  },
  Links: {
    WarningLinked: 'Warning linked',
    LinkRevised: 'Link revised',
    LinkRetracted: 'Link retracted',
    LinkReinstated: 'Link reinstated',
  },
  Disputes: {
    DisputeRaised: 'Dispute raised',
    DisputeRevised: 'Dispute revised',
    DisputeSettled: 'Dispute settled',
    DisputeWithdrawn: 'Dispute withdrawn',
    DisputeReopened: 'Dispute reopened',
    DisputeRestored: 'Dispute restored',
    DisputeRetracted: 'Dispute retracted',
    DisputeReinstated: 'Dispute reinstated',
  },
  Comments: {
    CommentMade: 'Comment made',
    CommentRevised: 'Comment revised',
    CommentRetracted: 'Comment retracted',
    CommentReinstated: 'Comment reinstated',
  },
  Suggestions: {
    SuggestionAccepted: 'Suggestion accepted',
    SuggestionDismissed: 'Suggestion dismissed',
  },
  Incidents: {
    IncidentOpened: 'Incident opened',
    IncidentRevised: 'Incident revised',
    IncidentClosed: 'Incident closed',
    IncidentReopened: 'Incident reopened',
    IncidentRestricted: 'Incident restricted',
    IncidentUnrestricted: 'Restriction lifted',
  },
  Documents: {
    DocumentImported: 'Document imported',
    DocumentDescribed: 'Document described',
    DocumentAttached: 'Document attached',
    DocumentDetached: 'Document detached',
  },
  Administration: {
    WorkspaceOpened: 'Workspace opened',
    WorkspaceConfigured: 'Settings changed',
    WorkspaceRestored: 'Workspace restored',
    MemberAdded: 'Member added',
    MemberRevised: 'Member revised',
    MemberRemoved: 'Member removed',
    TokenIssued: 'Token issued',
    TokenRevoked: 'Token revoked',
    PayloadErased: 'Erased by law',
  },
};

export const strings = {
  title: 'Audit',
  lead: 'Who changed what, latest first.',
  filters: 'Filters',
  member: 'Member',
  anyone: 'Anyone',
  incident: 'Incident',
  anyIncident: 'Anywhere',
  what: 'Change',
  anything: 'Any change',
  allOf: (group: string) => `${group}: all changes`,
  from: 'From',
  to: 'Until',
  annotation: 'One annotation',
  clear: 'Clear the filters',
  list: 'Changes',
  none: 'Nothing has been recorded yet. Press g h to go home and open an incident.',
  noneThen: 'Nothing had been recorded at this moment. Press Esc to return to now.',
  noMatch: 'No changes match these filters. Clear them, or choose a longer period.',
  older: 'Show older changes',
  loadingOlder: 'Looking further back …',
  allShown: (count: number) => (count === 1 ? '1 change' : `${count} changes`),
  someShown: (count: number) => `The latest ${count} changes`,
  moment: 'As it was then',
  onlyThis: 'Only this annotation',
  select: (position: number) => `Select change ${position}`,
  fields: (count: number) => (count === 1 ? '1 field' : `${count} fields`),
  before: 'before',
  after: 'after',
  position: (position: number) => `Change ${position}`,

  check: 'Check',
  checkLabel: (position: number) => `Not checked: check the proof of change ${position}`,
  checking: 'Checking …',
  notChecked: 'Not checked',
  proved: 'Proved',
  notProved: 'Not proved',
  checkAll: 'Check all shown',
  checkedOf: (done: number, all: number) => `${done} of ${all} checked`,
  stopChecking: 'Stop',
  provedMeans: (size: number) =>
    `This browser hashed the event and followed the path to the root of ${size} events. Its content is bound by a commitment, which an export verifies too.`,
  downloadProof: 'Proof (.tlog-proof)',
  fault: {
    malformed: 'The proof is malformed. Something between the service and this browser changed it.',
    'other-event':
      'The event in the proof is not the one shown on this line. Do not rely on this line; show it to the operator.',
    'not-included':
      'The proof does not lead to the root of the ledger. Do not rely on this line; show it to the operator.',
    unsound: 'Its checkpoint does not hold. See the ledger’s line above.',
    hidden:
      'You may not read the event itself, so it cannot be checked here. Ask somebody with permission to oversee the workspace.',
    insecure: 'Browsers check proofs only over https or on localhost. Open the console there.',
  } satisfies Record<Fault, string>,

  ledger: 'The ledger',
  ledgerSize: (size: number) => `${size} events`,
  checkLedger: 'Check the checkpoint',
  ledgerUnchecked: 'The checkpoint has not been checked in this browser yet.',
  growth: {
    first: 'This browser has not seen it before, and keeps it from now on.',
    same: 'It is the checkpoint kept by this browser.',
    grown: 'It extends the checkpoint kept by this browser.',
    shrunk:
      'It has fewer events than this browser has seen: the ledger was replaced by an older copy. Download both checkpoints and ask the operator.',
    forked:
      'It does not extend what this browser has seen: its past was rewritten. Download both checkpoints and ask the operator.',
  } satisfies Record<Growth, string>,
  signature: {
    signed: 'Signed by the key of the ledger.',
    wrong: 'The signature is wrong. Do not rely on anything here, and ask the operator.',
    'unknown-key': 'It is not signed by the service’s key. Ask the operator.',
    'key-changed':
      'It is signed by a different key than this browser knows. Before you trust it, ask the operator whether the key was changed.',
    unsupported: 'This browser does not support Ed25519, so the signature is not checked.',
  } satisfies Record<Standing['signature'], string>,
  signedAt: (when: string) => `Signed ${when}.`,
  witnesses: (names: string) => `Cosigned by ${names}.`,
  noWitness: 'No witness has cosigned it.',
  downloadCheckpoint: 'Checkpoint',
  downloadKept: 'The kept checkpoint',
  trust: 'Trust this ledger from now on',
  trustLead:
    'This browser replaces its checkpoint with the current one. Do this only after the operator has explained why they differ.',

  selected: (count: number) => (count === 1 ? '1 change selected' : `${count} changes selected`),
  undo: 'Undo',
  undoThis: (position: number) => `Undo change ${position}`,
  deselect: 'Clear the selection',
  undoMember: 'Undo a member’s changes',
  undoTitle: 'Undo',
  undoLead: 'Nothing is deleted: new changes restore the earlier state. This is what would be recorded.',
  whose: 'Whose changes',
  choose: 'Choose a member',
  preview: 'Preview',
  previewing: 'Working out what would be recorded …',
  would: (count: number) =>
    count === 0
      ? 'Nothing would be recorded.'
      : count === 1
        ? '1 change would be recorded'
        : `${count} changes would be recorded`,
  already: (positions: string) => `Nothing is left to undo of ${positions}.`,
  conflicts: (count: number) =>
    count === 1 ? '1 change cannot be undone' : `${count} changes cannot be undone`,
  conflict: (position: number, detail: string) => `Change ${position}: ${detail}`,
  leaveOut: 'Leave these out and undo the rest',
  reason: 'Reason',
  reasonHint: 'It is recorded with the changes.',
  confirmUndo: (count: number) => (count === 1 ? 'Undo 1 change' : `Undo ${count} changes`),
  undoing: 'Undoing …',
  undone: (count: number) => (count === 1 ? '1 change undone.' : `${count} changes undone.`),
};
