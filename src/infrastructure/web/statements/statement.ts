import type { Policies } from '../../../domain/policies';

/** What an installation says of itself in its statements. */
export type Operator = {
  /** where people come and write to */
  readonly address: string;
  /** where this service is reached */
  readonly site: string;
  readonly policies: Policies;
};

export type StatementLink = { readonly href: string; readonly text: string };
/** `rows`: one kind of thing each, with what is to be said of it. */
export type StatementSection = {
  readonly id: string;
  readonly title: string;
  readonly texts?: readonly string[];
  readonly list?: readonly string[];
  readonly rows?: readonly { readonly title: string; readonly texts: readonly (readonly [label: string, text: string])[] }[];
  readonly links?: readonly StatementLink[];
};
export type Statement = { readonly title: string; readonly lead: string; readonly sections: readonly StatementSection[] };

/** The day on which both statements were last compared with the software. */
export const statementDate = '2026-11-25';
