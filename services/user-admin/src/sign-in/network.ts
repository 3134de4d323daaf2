import { isIPv4, isIPv6, SocketAddress } from 'node:net';

/** What one subscriber commonly has of IPv6, and what one office or carrier shares of IPv4. */
const GROUPS_OF_V6 = 3;
const HALF_GROUP = 0xff00;

/** The network of an address, `192.0.2.0/24` or `2001:db8:0:100::/56`; what is no address stands for itself. */
export function networkOf(address: string): string {
  const v4 = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIPv4(v4)) return `${v4.slice(0, v4.lastIndexOf('.'))}.0/24`;
  if (!isIPv6(address)) return address;
  const groups = groupsOf(address);
  const fourth = (groups[GROUPS_OF_V6] ?? 0) & HALF_GROUP;
  return `${[...groups.slice(0, GROUPS_OF_V6), fourth].map((group) => group.toString(16)).join(':')}::/56`;
}

/** The eight groups, whichever way the address was shortened. */
function groupsOf(address: string): number[] {
  const plain = new SocketAddress({ address: address.replace(/%.*$/, ''), family: 'ipv6' }).address;
  const [head = '', tail] = plain.split('::');
  const numbers = (text: string) => (text === '' ? [] : text.split(':').flatMap(group));
  const [first, last] = [numbers(head), numbers(tail ?? '')];
  return [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last];
}

/** An IPv4 address may stand in the place of the last two. */
function group(text: string): number[] {
  if (!text.includes('.')) return [Number.parseInt(text, 16)];
  const [a = 0, b = 0, c = 0, d = 0] = text.split('.').map(Number);
  return [a * 256 + b, c * 256 + d];
}
