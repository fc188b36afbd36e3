import { isJsonObject, parsedJson } from '../../../runtime/json.codec';
import { type DocumentRegister, RegisterUnavailable } from '../../../../application/kernel/ports/document-register';
import { referenceOf } from '../../../../domain/ticket/ticket';
import type { Gateway } from './gateway';

const operation = 'create-document';
const mostLetters = 100;

const numberIn = (body: string): string | undefined => {
  const value = parsedJson(body);
  const given = isJsonObject(value) ? value['documentNumber'] : undefined;
  const number = typeof given === 'string' ? given.trim() : '';
  return number === '' || number.length > mostLetters || /[\p{Cc}\p{Cs}]/u.test(number) ? undefined : number;
};

/**
 * Art. 7. The connected document of type "Tichetul albastru". The ticket's own id is the key, and the body is made of facts: a call that
 * is repeated, after a lost answer or a crash, is the same call to the last byte, and the gateway answers the same number.
 */
export const gatewayDocuments = (gateway: Gateway): DocumentRegister => ({
  file: async ({ ticketId, request: { number, filedOn }, conclusions, issuedAt }) => {
    const { status, body } = await gateway.ask({
      operation,
      method: 'POST',
      path: `/requests/${number}/${filedOn}/documents`,
      headers: { 'idempotency-key': ticketId },
      body: JSON.stringify({ type: 'Tichetul albastru', reference: referenceOf(ticketId), conclusions, issuedAt }),
      // the process repeats it, much later; here the answer would only come after the limit
      mayRepeat: false,
    });
    if (status === 200 || status === 201) {
      const documentNumber = numberIn(body);
      // It may be filed all the same: asked again with the same key, a gateway in its right mind says under which number.
      if (documentNumber === undefined) throw new RegisterUnavailable(operation, 'unusable');
      return { documentNumber };
    }
    // 409 another body under this key, 404 no such request, 400 and others: asked again, it would say the same.
    if (status >= 400 && status < 500) return { byHand: 'refused' };
    throw new RegisterUnavailable(operation, 'unusable');
  },
});
