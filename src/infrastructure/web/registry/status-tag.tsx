import type { VNode } from 'preact';
import type { RequestStatus } from '../../../domain/request/facts';
import type { Locale } from '../../../domain/ticket/facts';
import { sentences } from '../../phrasing/sentences';

const looks: Readonly<Record<RequestStatus, string>> = {
  'in-operation': 'tag',
  answered: 'tag tag-good',
  closed: 'tag tag-quiet',
  redirected: 'tag tag-quiet',
  archived: 'tag tag-quiet',
};

export const StatusTag = ({ status, locale }: { readonly status: RequestStatus; readonly locale: Locale }): VNode => (
  <span class={looks[status]}>{sentences[locale].registry.list.statuses[status]}</span>
);
