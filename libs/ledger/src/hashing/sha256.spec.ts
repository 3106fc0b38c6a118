import { uuidOfName } from './sha256.js';

describe('a UUID of a name', () => {
  it('is that of the example in RFC 9562, A.4', () => {
    const dns = Buffer.from('6ba7b8109dad11d180b400c04fd430c8', 'hex');
    expect(uuidOfName(dns, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });
});
