import type { Action } from '../../../application/kernel/access';
import type { SubjectSource } from '../../api/access/access-decorator';

export type PageAccess =
  | { readonly to: 'anybody' }
  | { readonly to: 'officials'; readonly action: Action; readonly subject: SubjectSource }
  | { readonly to: 'ticket-holder'; readonly action: Action };

export const pageAccessMetadata = 'tichet:page-access';
