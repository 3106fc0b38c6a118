import { cosignedTime, cosignerVerifier, noteVerifier, type NoteVerifier, splitNote } from './signed-note.js';

/*
 * A trust policy in the format of C2SP tlog-policy: the logs, the witnesses, and which of these must have
 * cosigned a checkpoint (the quorum). Ed25519 keys only.
 */

export interface PolicyLog {
  readonly verifierKey: string;
  readonly verifier: NoteVerifier;
  readonly url?: string;
}
export interface PolicyWitness {
  /** The witness's name within this policy. */
  readonly name: string;
  readonly verifierKey: string;
  readonly verifier: NoteVerifier;
  /** Where checkpoints are submitted: `<url>/add-checkpoint`. */
  readonly url?: string;
}
interface Group {
  readonly threshold: number;
  readonly members: readonly string[];
}
export interface Policy {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  readonly groups: ReadonlyMap<string, Group>;
  /** The name of a witness or a group; `none`: no cosignature is required. */
  readonly quorum: string;
}

/** A policy that cannot be read; the message names the line. */
export class BadPolicy extends Error {
  override readonly name = 'BadPolicy';
}

/** @throws BadPolicy */
export function parsePolicy(text: string): Policy {
  const reading = new PolicyReading();
  for (const [index, line] of text.split('\n').entries()) {
    try {
      reading.line(line.split(/[ \t]+/).filter((word) => word !== ''));
    } catch (error) {
      throw new BadPolicy(`line ${index + 1}: ${(error as Error).message}`, { cause: error });
    }
  }
  return reading.finish();
}

class PolicyReading {
  private readonly logs: PolicyLog[] = [];
  private readonly witnesses: PolicyWitness[] = [];
  private readonly groups = new Map<string, Group>();
  private readonly grouped = new Set<string>();
  private readonly keys = new Set<string>();
  private quorum: string | undefined;

  line([keyword, ...words]: readonly string[]): void {
    if (keyword === undefined || keyword.startsWith('#')) return;
    switch (keyword) {
      case 'log':
        return this.log(words);
      case 'witness':
        return this.witness(words);
      case 'group':
        return this.group(words);
      case 'quorum':
        return this.quorumLine(words);
      default:
        throw new Error(`${JSON.stringify(keyword)} is none of log, witness, group and quorum`);
    }
  }

  finish(): Policy {
    if (this.quorum === undefined) throw new BadPolicy('there is no quorum line');
    const { logs, witnesses, groups, quorum } = this;
    return { logs, witnesses, groups, quorum };
  }

  private log([verifierKey = '', url, ...more]: readonly string[]): void {
    if (more.length > 0) throw new Error('a log has a verifier key and at most a URL');
    this.unlessKnown(verifierKey);
    this.logs.push({ verifierKey, verifier: noteVerifier(verifierKey), ...(url !== undefined && { url }) });
  }

  private witness([name = '', verifierKey = '', url, ...more]: readonly string[]): void {
    if (more.length > 0) throw new Error('a witness has a name, a verifier key and at most a URL');
    this.unlessNamed(name);
    this.unlessKnown(verifierKey);
    const verifier = cosignerVerifier(verifierKey);
    this.witnesses.push({ name, verifierKey, verifier, ...(url !== undefined && { url }) });
  }

  private group([name = '', threshold = '', ...members]: readonly string[]): void {
    this.unlessNamed(name);
    for (const member of members) {
      this.requireNamed(member);
      if (this.grouped.has(member)) throw new Error(`${member} is in a group already`);
      this.grouped.add(member);
    }
    const count = threshold === 'any' ? 1 : threshold === 'all' ? members.length : Number(threshold);
    if (!/^(any|all|[1-9]\d{0,3})$/.test(threshold) || count < 1 || count > members.length)
      throw new Error(`a group takes any, all or a number of up to ${members.length} of its members`);
    this.groups.set(name, { threshold: count, members });
  }

  private quorumLine([name = '', ...more]: readonly string[]): void {
    if (this.quorum !== undefined || more.length > 0) throw new Error('there is one quorum, of one name');
    if (name !== 'none') this.requireNamed(name);
    this.quorum = name;
  }

  private isNamed(name: string): boolean {
    return this.groups.has(name) || this.witnesses.some((witness) => witness.name === name);
  }
  private requireNamed(name: string): void {
    if (!this.isNamed(name)) throw new Error(`no line before this one defines ${JSON.stringify(name)}`);
  }
  private unlessNamed(name: string): void {
    if (name === '' || name === 'none') throw new Error('it needs a name, which cannot be none');
    if (this.isNamed(name)) throw new Error(`the name ${name} is taken`);
  }
  /** A public key counts once, even under several names. */
  private unlessKnown(verifierKey: string): void {
    const material = Buffer.from(verifierKey.split('+').slice(2).join('+'), 'base64')
      .subarray(1)
      .toString('hex');
    if (this.keys.has(material)) throw new Error('there is a line with this key already');
    this.keys.add(material);
  }
}

/** A valid cosignature of a witness. */
export interface Cosignature {
  readonly witness: PolicyWitness;
  /** POSIX, seconds. */
  readonly time: bigint;
  /** The signature line, with its line feed. */
  readonly line: string;
}

/**
 * The valid cosignatures of the policy's witnesses on a checkpoint; invalid ones and those of others are ignored.
 * @throws BadNote if the note is malformed
 */
export function cosignaturesOn(note: string, witnesses: readonly PolicyWitness[]): Cosignature[] {
  const { text, signatures } = splitNote(note);
  return witnesses.flatMap((witness) => {
    const { name, cosignatureId, verify } = witness.verifier;
    for (const { name: by, id, signature, line } of signatures) {
      if (by !== name || !cosignatureId.equals(id)) continue;
      const time = cosignedTime(text, signature, verify);
      if (time !== null) return [{ witness, time, line }];
    }
    return [];
  });
}

/** Whether these witnesses are enough for the quorum. */
export function meetsQuorum({ groups, quorum }: Policy, cosigned: Iterable<string>): boolean {
  const names = new Set(cosigned);
  const holds = (name: string): boolean => {
    const group = groups.get(name);
    if (group === undefined) return names.has(name);
    return group.members.filter(holds).length >= group.threshold;
  };
  return quorum === 'none' || holds(quorum);
}
