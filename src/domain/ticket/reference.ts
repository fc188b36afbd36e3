const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const digits = 8;

const mistaken: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };

/** `TA-` and eight Crockford base-32 characters: the last 40 bits of the ticket's id, which are its random part. */
export const referenceOf = (ticketId: string): string => {
  let bits = BigInt(`0x${ticketId.replaceAll('-', '').slice(-10)}`);
  let text = '';
  for (let digit = 0; digit < digits; digit += 1) {
    text = (crockford[Number(bits & 31n)] ?? '') + text;
    bits >>= 5n;
  }
  return `TA-${text}`;
};

/** A reference as somebody writes it down or reads it out: in small letters, with blanks, without `TA-`, an O for a 0. */
export const parseReference = (text: string): string | undefined => {
  const written = text.toUpperCase().replace(/[^\dA-Z]/g, '');
  const body = written.length === digits + 2 && written.startsWith('TA') ? written.slice(2) : written;
  const meant = body.replace(/[OIL]/g, (letter) => mistaken[letter] ?? letter);
  return /^[\dA-HJKMNP-TV-Z]{8}$/.test(meant) ? `TA-${meant}` : undefined;
};
