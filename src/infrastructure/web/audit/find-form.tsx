import type { VNode } from 'preact';
import type { Locale } from '../../../domain/ticket/facts';
import { faultOf, TextField, type Fault } from '../parts/fields';
import { sentences } from '../../phrasing/sentences';

export type Searched = { readonly typed: string; readonly faults: readonly Fault[] };

/** Opens one ticket by the number that is printed on it. */
export const FindForm = ({ searched, locale }: { readonly searched: Searched; readonly locale: Locale }): VNode => {
  const words = sentences[locale].audit.list;
  return (
    <form method="get" action="/audit" class="card find" novalidate role="search" aria-label={words.find}>
      <TextField
        name="tichet"
        label={words.find}
        hint={words.findHint}
        value={searched.typed}
        width="middle"
        autocomplete="off"
        spellcheck={false}
        fault={faultOf(searched.faults, 'tichet')}
      />
      <button>{words.findNow}</button>
    </form>
  );
};
