import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

export interface SigningKey {
  readonly kid: string;
  readonly algorithm: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** An OpenID Connect provider on the loopback interface: discovery, keys over HTTP, and tokens signed with them. */
export class IdentityProvider {
  /** How often its keys were asked for. */
  fetches = 0;
  /** Answers with 503 while it is true. */
  isDown = false;
  private published: SigningKey[] = [];

  /** Where the discovery document says that the keys are, if not at the issuer. */
  keysFrom: string | undefined;

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
  ) {}

  static async start(): Promise<IdentityProvider> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const provider = new IdentityProvider(server, `http://127.0.0.1:${port}`);
    server.on('request', (request, answer) => {
      if (request.url?.startsWith('/authorize?') === true || request.url === '/token')
        return void provider.signIn(request, answer);
      const documents: Record<string, () => object> = {
        '/.well-known/openid-configuration': () => ({
          issuer: provider.issuer,
          jwks_uri: `${provider.keysFrom ?? provider.issuer}/keys`,
          authorization_endpoint: `${provider.issuer}/authorize`,
          token_endpoint: `${provider.issuer}/token`,
        }),
        '/keys': () => {
          provider.fetches += 1;
          return { keys: provider.published.map(({ publicJwk }) => publicJwk) };
        },
      };
      const document = documents[request.url ?? ''];
      answer.writeHead(document === undefined ? 404 : provider.isDown ? 503 : 200, {
        'content-type': 'application/json',
      });
      answer.end(JSON.stringify(provider.isDown ? {} : (document?.() ?? {})));
    });
    provider.publish(await makeKey('first'));
    return provider;
  }

  /** Whom it signs in: everybody who comes is this one, without a password. */
  signsIn: JWTPayload = {};
  private readonly codes = new Map<string, URLSearchParams>();

  /** The authorization endpoint sends the browser back with a code, the token endpoint redeems it once for the right verifier (RFC 7636). */
  private async signIn(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    if (request.url !== '/token') {
      const asked = new URL(request.url ?? '', this.issuer).searchParams;
      const code = randomUUID();
      this.codes.set(code, asked);
      const back = new URL(asked.get('redirect_uri') ?? '');
      back.searchParams.set('code', code);
      back.searchParams.set('state', asked.get('state') ?? '');
      answer.writeHead(302, { location: back.href }).end();
      return;
    }
    const given = new URLSearchParams((await request.toArray()).join(''));
    const asked = this.codes.get(given.get('code') ?? '');
    this.codes.delete(given.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(given.get('code_verifier') ?? '')
      .digest('base64url');
    const isGood =
      asked?.get('code_challenge') === challenge &&
      ['redirect_uri', 'client_id'].every((name) => asked.get(name) === given.get(name));
    answer.writeHead(isGood ? 200 : 400, { 'content-type': 'application/json' });
    answer.end(
      JSON.stringify(isGood ? { access_token: await this.token(this.signsIn) } : { error: 'invalid_grant' }),
    );
  }

  /** From now on it has these keys and no others. */
  publish(...keys: SigningKey[]): void {
    this.published = keys;
  }

  get key(): SigningKey {
    const [key] = this.published;
    if (key === undefined) throw new Error('the provider has no key');
    return key;
  }

  /** A token for the audience `casebook`, good for an hour, unless `claims` say otherwise; `undefined` leaves a claim out. */
  token(claims: JWTPayload, key = this.key, header: object = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const payload = { iss: this.issuer, aud: 'casebook', iat: now, exp: now + 3600, ...claims };
    return new SignJWT(JSON.parse(JSON.stringify(payload)) as JWTPayload)
      .setProtectedHeader({ alg: key.algorithm, kid: key.kid, typ: 'JWT', ...header })
      .sign(key.privateKey);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export async function makeKey(kid: string, algorithm = 'ES256'): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' };
  return { kid, algorithm, privateKey, publicJwk };
}
