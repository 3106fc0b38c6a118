import { isPublic, networks, Reachable } from './reachable.js';

describe('the addresses that a webhook may reach', () => {
  it.each([
    ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.0.1', '169.254.169.254', '0.0.0.0'],
    ...['100.64.0.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '192.0.2.1'],
    ...['::1', '::', 'fe80::1', 'fc00::1', 'fd12::1', 'ff02::1', '::ffff:127.0.0.1', '::ffff:7f00:1'],
    ...['64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', '2001::1', '::127.0.0.1'],
  ])('%s is not on the public internet', (address) => {
    expect(isPublic(address)).toBe(false);
  });

  it.each(['93.184.216.34', '8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:2800:220:1::1', '2a00:1450::1'])(
    '%s is on the public internet',
    (address) => {
      expect(isPublic(address)).toBe(true);
    },
  );

  it.each([
    ['https://127.0.0.1/', 'must not point to 127.0.0.1, which is not on the public internet'],
    ['https://[::1]:8443/', 'must not point to ::1, which is not on the public internet'],
    // The URL parser writes every form of an IPv4 address in the usual one.
    ['https://0x7f.1/', 'must not point to 127.0.0.1, which is not on the public internet'],
    ['https://2130706433/', 'must not point to 127.0.0.1, which is not on the public internet'],
    ['http://hooks.example.org/', 'must be an https URL'],
    ['http://10.1.2.3/', 'must not point to 10.1.2.3, which is not on the public internet'],
    ['https://a:b@hooks.example.org/', 'must not contain a user or password'],
    ['https://hooks.example.org/', null],
  ])('%s: %s', (url, fault) => {
    expect(new Reachable().fault(new URL(url))).toBe(fault);
  });

  it('the operator may allow a network, which needs no TLS', () => {
    const reachable = new Reachable(['10.1.0.0/16', 'fd12::/32']);
    expect(reachable.fault(new URL('http://10.1.2.3/'))).toBeNull();
    expect(reachable.fault(new URL('http://[fd12::7]/'))).toBeNull();
    expect(reachable.fault(new URL('http://10.2.2.3/'))).not.toBeNull();
    expect(() => networks(['10.1.0.0'])).toThrow('10.1.0.0 is not a network');
    expect(() => networks(['10.1.0.0/99'])).toThrow();
  });

  it('a name is refused by the address that it leads to', async () => {
    const found = (reachable: Reachable) =>
      new Promise((resolve) => {
        reachable.lookup('localhost', { all: true }, (error, addresses) =>
          resolve(error?.message ?? addresses),
        );
      });
    expect(await found(new Reachable())).toMatch(
      /^localhost resolves to (?:127\.0\.0\.1|::1), which is not/u,
    );
    expect(await found(new Reachable(['127.0.0.0/8', '::1/128']))).toEqual(
      expect.arrayContaining([expect.objectContaining({ address: expect.any(String) as string })]),
    );
  });
});
