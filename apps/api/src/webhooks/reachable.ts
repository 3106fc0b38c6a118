import { lookup as resolve, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/*
 * The addresses that a webhook may reach. An admin of a workspace chooses the URL, and the service runs inside
 * somebody's network, so addresses that are not on the public internet are refused unless the operator allows their
 * network. The check applies to the address actually connected to, so DNS rebinding does not help.
 */

/** The special-purpose networks of IPv4 (RFC 6890), multicast and reserved ones. */
const NOT_PUBLIC_4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
];
/** For IPv6, only global unicast is public, except ranges that translate to IPv4 or are for documentation. */
const PUBLIC_6 = ['2000::/3'];
const NOT_PUBLIC_6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** @throws Error for a text that is not a network such as 10.0.0.0/8 */
export function networks(texts: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of texts) {
    const [address = '', bits = ''] = text.split('/');
    if (isIP(address) === 0 || !/^\d{1,3}$/u.test(bits)) throw new Error(`${text} is not a network`);
    list.addSubnet(address, Number(bits), familyOf(address));
  }
  return list;
}

const notPublic4 = networks(NOT_PUBLIC_4);
const public6 = networks(PUBLIC_6);
const notPublic6 = networks(NOT_PUBLIC_6);

export const isPublic = (address: string): boolean =>
  familyOf(address) === 'ipv4'
    ? !notPublic4.check(address)
    : public6.check(address, 'ipv6') && !notPublic6.check(address, 'ipv6');

export class Reachable {
  private readonly allowed: BlockList;

  /** @param allowed networks off the public internet that may be reached, also without TLS */
  constructor(allowed: readonly string[] = []) {
    this.allowed = networks(allowed);
  }

  /** The fault of a URL before its name is resolved; `null` if there is none. */
  fault({ protocol, hostname, username, password }: URL): string | null {
    if (username !== '' || password !== '') return 'must not contain a user or password';
    const host = hostname.replace(/^\[|\]$/gu, '');
    const isNamed = isIP(host) === 0;
    if (!isNamed && !this.mayReach(host))
      return `must not point to ${host}, which is not on the public internet`;
    // Only addresses allowed by the operator may be reached without TLS.
    return protocol === 'https:' || (!isNamed && this.isAllowed(host)) ? null : 'must be an https URL';
  }

  mayReach(address: string): boolean {
    return isPublic(address) || this.isAllowed(address);
  }

  private isAllowed(address: string): boolean {
    return this.allowed.check(address, familyOf(address));
  }

  /** Resolves a name, and fails if any of its addresses may not be reached. */
  readonly lookup: LookupFunction = (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found: LookupAddress[] = []) => {
      const [first] = found;
      const refused = found.find(({ address }) => !this.mayReach(address));
      if (error !== null || first === undefined) callback(error ?? new Error('no address'), '', 0);
      else if (refused !== undefined)
        callback(
          new Error(`${hostname} resolves to ${refused.address}, which is not on the public internet`),
          '',
          0,
        );
      else if (options.all === true) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };
}
