const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const digits = 8;

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
