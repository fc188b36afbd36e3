import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Role } from '../../../application/kernel/access';
import type { InformationCentre } from '../../../application/kernel/ports/city-hall';
import type { Instant } from '../../../domain/kernel/fact';
import type { Policies } from '../../../domain/policies';
import type { Locale } from '../../../domain/ticket/facts';
import type { OwnRecordingNotice } from '../../../domain/ticket/request-ticket';
import { type Sentences, sentences } from '../../phrasing/sentences';

/** Who looks at a page of the office, as its header names them. */
export type OfficialView = {
  readonly role: Role;
  readonly staffId?: string;
  readonly name?: string;
  readonly department?: string;
};

/** What every page knows of the request that it answers. */
export type PageContext = {
  readonly locale: Locale;
  /** path and query of this page */
  readonly url: string;
  readonly at: Instant;
  readonly official?: OfficialView;
  /** who helps, where it is set */
  readonly informationCentre?: InformationCentre;
  /** A14: the notice of this installation, where it has its own */
  readonly recordingNotice?: OwnRecordingNotice;
  /** the readings in force */
  readonly policies: Policies;
  /** people try it out here: roles are taken with one click, letters are shown */
  readonly development: boolean;
};

export const PageInContext = createContext<PageContext | undefined>(undefined);

/** The page that this component belongs to. */
export const usePage = (): PageContext => {
  const page = useContext(PageInContext);
  if (page === undefined) throw new Error('This is no part of a page that answers a request.');
  return page;
};

/** What stands in the address of the page under this name. */
export const useParameter = (name: string): string | null => new URLSearchParams(usePage().url.split('?')[1]).get(name);

/** What is said, in the language of the page. */
export const useWords = (): Sentences => sentences[usePage().locale];
