/** One part of a message: its headers by lower-case name, and its body as text, decoded. */
export type MessagePart = { readonly headers: ReadonlyMap<string, string>; readonly type: string; readonly body: string };

const mostParts = 50;
const deepest = 4;

/** Folded lines are put together; of a name that stands twice the first counts. */
export const headersOf = (text: string): ReadonlyMap<string, string> => {
  const headers = new Map<string, string>();
  for (const line of text.replace(/\r?\n[ \t]+/gu, ' ').split(/\r?\n/u)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
    if (name !== '' && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return headers;
};

const split = (text: string): readonly [head: string, body: string] => {
  const end = /\r?\n\r?\n/u.exec(text);
  return end === null ? [text, ''] : [text.slice(0, end.index), text.slice(end.index + end[0].length)];
};

const fromQuotedPrintable = (text: string): string =>
  Buffer.from(
    text.replace(/=\r?\n/gu, '').replace(/=([0-9A-Fa-f]{2})/gu, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
    'latin1',
  ).toString('latin1');

const decoded = (body: string, encoding: string): string => {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('latin1');
  return encoding === 'quoted-printable' ? fromQuotedPrintable(body) : body;
};

const boundaryOf = (contentType: string): string | undefined => {
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;]{1,200}))/iu.exec(contentType) ?? [];
  return quoted ?? bare;
};

/** Between the delimiters; what stands before the first and behind the last is for programs of another age (RFC 2046, 5.1.1). */
const between = (body: string, boundary: string): readonly string[] => {
  const parts: string[] = [];
  let current: string[] | undefined;
  for (const line of body.split(/\r?\n/u)) {
    const trimmed = line.trimEnd();
    if (trimmed === `--${boundary}` || trimmed === `--${boundary}--`) {
      if (current !== undefined) parts.push(current.join('\r\n'));
      current = trimmed.endsWith('--') && trimmed !== `--${boundary}` ? undefined : [];
      if (parts.length >= mostParts) break;
    } else current?.push(line);
  }
  // a message that was cut off
  if (current !== undefined) parts.push(current.join('\r\n'));
  return parts;
};

/**
 * The leaves of a message, in their order: enough of MIME (RFC 2045, 2046) for a report about a letter, which is made by programs. Bytes
 * are taken as Latin-1, so that nothing is lost of what matters here, which is ASCII. What is broken gives fewer parts, never an error.
 */
export const partsOf = (text: string, depth = 0): readonly MessagePart[] => {
  const [head, body] = split(text);
  const headers = headersOf(head);
  const contentType = headers.get('content-type') ?? 'text/plain';
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  const boundary = type.startsWith('multipart/') ? boundaryOf(contentType) : undefined;
  if (boundary !== undefined && depth < deepest) return between(body, boundary).flatMap((part) => partsOf(part, depth + 1));
  return [{ headers, type, body: decoded(body, (headers.get('content-transfer-encoding') ?? '').toLowerCase()) }];
};
