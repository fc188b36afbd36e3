import type { Action } from '../../../application/kernel/access';
import type { AddressParts } from '../../api/access/subjects';
import type { SubjectSource } from '../../api/access/access-decorator';

export type PageAccess =
  | { readonly to: 'anybody' }
  | { readonly to: 'officials'; readonly action: Action; readonly subject: SubjectSource }
  | { readonly to: 'ticket-holder'; readonly action: Action };

export const pageAccessMetadata = 'tichet:page-access';

/** The parts of an address, as text; what is there twice is not there. */
export const textsOf = (value: unknown): AddressParts =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
    : {};
