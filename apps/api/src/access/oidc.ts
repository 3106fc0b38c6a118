import {
  memberId,
  memberIdentity,
  role as roleName,
  type Role,
  workspaceId as workspaceName,
} from '@casebook/contracts';
import { NO_MEMBERS } from '@casebook/incident';
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';

/**
 * JWS algorithms with a public key (RFC 7518, RFC 8037, RFC 9864). Shared secrets and unsigned tokens are
 * never accepted.
 */
export const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

/** Maps a group of the identity provider to a role, in one workspace or in every one. */
export interface RoleMapping {
  readonly group: string;
  readonly workspaceId: string | null;
  readonly role: Role;
}

/** How to verify and read the tokens of an OpenID Connect provider. */
export interface OidcSettings {
  readonly issuer: string;
  readonly audience: string;
  /** The address of the provider's keys; taken from its discovery document by default. */
  readonly jwksUrl?: string;
  readonly algorithms: readonly Algorithm[];
  /** Tolerated difference between the provider's clock and this one, in seconds. */
  readonly clockTolerance: number;
  /** Minimum seconds between two fetches of the keys because of an unknown key id. */
  readonly jwksCooldown: number;
  /** The claim that is the member's id. A dot reaches into an object: `realm_access.roles`. */
  readonly memberClaim: string;
  /** The claim that names one or more groups; without it no token creates a member. */
  readonly roleClaim?: string;
  /** Without a mapping, groups are role names and apply to every workspace that the token is for. */
  readonly roleMap?: readonly RoleMapping[];
  /** The claim that names one or more workspaces that the token is for; every workspace by default. */
  readonly workspaceClaim?: string;
  /** The client id with which the console signs people in; without it they sign in by token alone. */
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly scope?: string;
}

/** Parses `group=role` and `group=workspace/role`, separated by commas. `null` if malformed. */
export function readRoleMap(text: string): RoleMapping[] | null {
  const mappings = text.split(',').map((entry): RoleMapping | null => {
    const match = /^\s*([^=,]+?)\s*=\s*(?:([a-z0-9-]+)\/)?([a-z]+)\s*$/.exec(entry);
    const role = roleName.safeParse(match?.[3]);
    const workspaceId = workspaceName.optional().safeParse(match?.[2]);
    return match?.[1] === undefined || !role.success || !workspaceId.success
      ? null
      : { group: match[1], workspaceId: workspaceId.data ?? null, role: role.data };
  });
  return mappings.some((mapping) => mapping === null) ? null : (mappings as RoleMapping[]);
}

/** The fields used of a discovery document. */
const discovered = z.object({
  issuer: z.string(),
  jwks_uri: z.url(),
  authorization_endpoint: z.url().optional(),
  token_endpoint: z.url().optional(),
});

/** Whether the connection cannot be intercepted: https, or this machine. */
export const isTrustworthy = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

/** The identity in a verified token. */
export interface Identity {
  readonly subject: string;
  readonly memberId: string;
  readonly name: string;
  /** When the token ends, in milliseconds since 1970, including the clock tolerance. */
  readonly endsAt: number;
  /**
   * The role that the provider gives in this workspace; `null` for none; `undefined` if the provider does not
   * manage roles.
   */
  roleIn(workspaceId: string): Role | null | undefined;
  /** Whether the token is for this workspace. */
  entitles(workspaceId: string): boolean;
}

/** The token is not accepted; the message tells its sender why. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}

/** The provider's keys cannot be fetched. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable';
}

/**
 * Accepted values of `typ`: an access token (RFC 9068 §2.1) or a plain JWT. A provider signs other tokens
 * with the same keys and audience, such as logout tokens (RFC 8725 §3.11).
 */
const KINDS: ReadonlySet<string> = new Set(['jwt', 'at+jwt']);

const PATIENCE_MS = 5_000;
const KEYS_KEPT_MS = 600_000;

/** Reads and verifies the tokens of one OpenID Connect provider. Keys are fetched on first use and cached. */
export class Oidc {
  private keys: Promise<JWTVerifyGetKey> | null = null;

  constructor(readonly settings: OidcSettings) {}

  /** Looks like a JWS in compact form (RFC 7515 §7.1): an object's first letters in base64url, and three parts. */
  static isToken(text: string): boolean {
    return /^eyJ[\w-]*\.[\w-]*\.[\w-]*$/.test(text);
  }

  /**
   * @throws TokenRefused
   * @throws ProviderUnavailable
   */
  async identify(token: string): Promise<Identity> {
    const { issuer, audience, algorithms, clockTolerance } = this.settings;
    const keys = await this.keysOfIssuer();
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: [...algorithms],
        clockTolerance,
        requiredClaims: ['sub', 'exp'],
      });
      if (!KINDS.has(protectedHeader.typ?.toLowerCase().replace(/^application\//, '') ?? 'jwt'))
        throw new TokenRefused('The header of the token (typ) says that it is not an access token.');
      return this.identityOf(payload);
    } catch (error) {
      if (error instanceof TokenRefused) throw error;
      if (isOutage(error)) {
        throw new ProviderUnavailable('the keys of the identity provider cannot be fetched', {
          cause: error,
        });
      }
      throw new TokenRefused(faultOf(error), { cause: error });
    }
  }

  private keysOfIssuer(): Promise<JWTVerifyGetKey> {
    this.keys ??= this.findKeys().catch((cause: unknown) => {
      this.keys = null;
      throw new ProviderUnavailable('the identity provider does not say where its keys are', { cause });
    });
    return this.keys;
  }

  private async findKeys(): Promise<JWTVerifyGetKey> {
    const { jwksUrl, jwksCooldown } = this.settings;
    return createRemoteJWKSet(new URL(jwksUrl ?? (await this.discoveredKeys())), {
      cooldownDuration: jwksCooldown * 1000,
      cacheMaxAge: KEYS_KEPT_MS,
      timeoutDuration: PATIENCE_MS,
    });
  }

  /** OpenID Connect Discovery 1.0 §4: the document's issuer must equal the requested one. */
  async discover(): Promise<z.infer<typeof discovered>> {
    const { issuer } = this.settings;
    const answer = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!answer.ok) throw new Error(`the discovery document was answered with ${answer.status}`);
    return discovered.extend({ issuer: z.literal(issuer) }).parse(await answer.json());
  }

  private async discoveredKeys(): Promise<string> {
    const found = await this.discover();
    if (!isTrustworthy(new URL(found.jwks_uri)))
      throw new Error(
        `the discovery document has the keys at ${found.jwks_uri}, where anybody on the path could replace them`,
      );
    return found.jwks_uri;
  }

  private identityOf(payload: JWTPayload): Identity {
    const { memberClaim, roleClaim, roleMap, workspaceClaim, clockTolerance } = this.settings;
    const id = memberId.safeParse(claim(payload, memberClaim));
    if (!id.success || NO_MEMBERS.has(id.data)) {
      throw new TokenRefused(
        `The claim ${memberClaim} of the token is not a member id: 1 to 64 of a-z, 0-9, . _ @ and -.`,
      );
    }
    const groups = roleClaim === undefined ? [] : textsOf(claim(payload, roleClaim));
    const workspaces = workspaceClaim === undefined ? null : textsOf(claim(payload, workspaceClaim));
    const subject = memberIdentity.safeParse(payload.sub);
    if (!subject.success)
      throw new TokenRefused('The claim sub of the token is not a text of 1 to 255 characters.');
    const { name } = payload;
    return {
      subject: subject.data,
      memberId: id.data,
      name: typeof name === 'string' && /^\P{C}{1,200}$/u.test(name) && name.trim() !== '' ? name : id.data,
      endsAt: ((payload.exp ?? 0) + clockTolerance) * 1000,
      roleIn: (workspaceId) => {
        if (roleClaim === undefined) return undefined;
        const roles =
          roleMap === undefined
            ? groups
            : roleMap
                .filter(
                  (each) => groups.includes(each.group) && (each.workspaceId ?? workspaceId) === workspaceId,
                )
                .map(({ role }) => role);
        return roleName.options.filter((role) => roles.includes(role)).at(-1) ?? null;
      },
      entitles: (workspaceId) => workspaces === null || workspaces.includes(workspaceId),
    };
  }
}

/** A claim by its full name, or else by a dotted path. */
function claim(payload: JWTPayload, name: string): unknown {
  if (Object.hasOwn(payload, name)) return payload[name];
  return name
    .split('.')
    .reduce<unknown>(
      (value, part) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, part)
          ? (value as Record<string, unknown>)[part]
          : undefined,
      payload,
    );
}

const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? (value as unknown[]) : [value]).filter((each) => typeof each === 'string');

/**
 * The keys could not be fetched or read; jose throws the bare JOSEError for an answer that is not a key set.
 */
const isOutage = (error: unknown): boolean =>
  !(error instanceof errors.JOSEError) ||
  error.constructor === errors.JOSEError ||
  error instanceof errors.JWKSTimeout ||
  error instanceof errors.JWKSInvalid;

function faultOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired. Sign in again for a new one.';
  if (error instanceof errors.JWTClaimValidationFailed)
    return `The claim ${error.claim} of the token does not have the required value.`;
  if (error instanceof errors.JOSEAlgNotAllowed)
    return 'The token is signed by an algorithm that is not accepted here.';
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return 'The token is signed with a key that the identity provider does not have.';
  return 'The token is not a signed JWT of the identity provider.';
}
