/** The first `limit` UTF-16 units of `text`, without half of a character at the end. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  const halfAtEnd = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, halfAtEnd ? limit - 1 : limit);
}
