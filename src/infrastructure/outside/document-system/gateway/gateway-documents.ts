import { isJsonObject, type JsonObject, parsedJson } from '@tichet-albastru/kernel/json.codec';
import { type DocumentRegister, RegisterUnavailable } from '../../../../application/kernel/ports/document-register';
import type { ConnectedDocument } from '../../../../domain/ticket/filing-confirmation';
import { referenceOf } from '../../../../domain/ticket/ticket';
import { isCivilDate } from '../../../../domain/time/civil-time';
import type { Gateway } from './gateway';

const operation = 'create-document';
const listing = 'list-documents';
const mostLetters = 100;
/** As many as the document of the gateway allows: of a longer list it is not known what was left out. */
const mostDocuments = 500;

const lineIn = (given: unknown): string | undefined => {
  const line = typeof given === 'string' ? given.trim() : '';
  return line === '' || line.length > mostLetters || /[\p{Cc}\p{Cs}]/u.test(line) ? undefined : line;
};

const numberIn = (body: string): string | undefined => {
  const value = parsedJson(body);
  return isJsonObject(value) ? lineIn(value['documentNumber']) : undefined;
};

const dayIn = (given: unknown): string | undefined => (typeof given === 'string' && isCivilDate(given) ? given : undefined);

const requestIn = (given: unknown): ConnectedDocument['connectedTo'] | undefined => {
  if (!isJsonObject(given)) return undefined;
  const [number, filedOn] = [lineIn(given['number']), dayIn(given['filedOn'])];
  return number === undefined || !/^[1-9]\d{0,11}$/.test(number) || filedOn === undefined ? undefined : { number, filedOn };
};

const documentIn = (given: JsonObject): ConnectedDocument | undefined => {
  const [documentNumber, type] = [lineIn(given['documentNumber']), lineIn(given['type'])];
  const [registeredOn, connectedTo] = [dayIn(given['registeredOn']), requestIn(given['connectedTo'])];
  return documentNumber === undefined || type === undefined || registeredOn === undefined || connectedTo === undefined
    ? undefined
    : { documentNumber, type, registeredOn, connectedTo };
};

/** @returns `undefined` where one of them cannot be read: it may be the one that is looked for */
const documentsIn = (body: string): readonly ConnectedDocument[] | undefined => {
  const value = parsedJson(body);
  const given = isJsonObject(value) ? value['documents'] : undefined;
  if (!Array.isArray(given) || given.length > mostDocuments) return undefined;
  const documents = given.flatMap((one) => (isJsonObject(one) ? (documentIn(one) ?? []) : []));
  return documents.length === given.length ? documents : undefined;
};

/** Every document of a request. A gateway is asked only if the settings say that it offers them. */
const connectedIn =
  (gateway: Gateway): NonNullable<DocumentRegister['connected']> =>
  async ({ number, filedOn }) => {
    const path = `/requests/${number}/${filedOn}/documents`;
    const { status, body } = await gateway.ask({ operation: listing, method: 'GET', path, mayRepeat: true });
    // of a request that it does not know it says nothing about the document
    if (status === 404) return undefined;
    const documents = status === 200 ? documentsIn(body) : undefined;
    if (documents === undefined) throw new RegisterUnavailable(listing, 'unusable');
    return documents;
  };

/**
 * Art. 7. The connected document of type "Tichetul albastru". The ticket's own id, with the number of the amendment, is the key, and the body is made of facts: a call that
 * is repeated, after a lost answer or a crash, is the same call to the last byte, and the gateway answers the same number.
 */
export const gatewayDocuments = (gateway: Gateway, { listsDocuments }: { readonly listsDocuments: boolean }): DocumentRegister => ({
  ...(listsDocuments && { connected: connectedIn(gateway) }),
  file: async ({ ticketId, amendment, request: { number, filedOn }, conclusions, issuedAt }) => {
    const { status, body } = await gateway.ask({
      operation,
      method: 'POST',
      path: `/requests/${number}/${filedOn}/documents`,
      headers: { 'idempotency-key': amendment === undefined ? ticketId : `${ticketId}-${amendment}` },
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
