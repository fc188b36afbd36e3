import type { VNode } from 'preact';
import { checkIds } from '../../../domain/audit/check';
import { checkMeanings } from '../../../domain/audit/meanings';
import type { Locale } from '../../../domain/ticket/facts';
import { faultOf, Select, TextField } from '../parts/fields';
import { type ListAsked, verdicts } from './list-asked';
import { sentences } from '../../phrasing/sentences';

/** Native choices that end in an address: a list that was chosen can be kept, sent and opened again. */
export const ListFilter = ({ asked, locale }: { readonly asked: ListAsked; readonly locale: Locale }): VNode => {
  const words = sentences[locale].audit.list;
  const { fields, faults } = asked;
  return (
    <form method="get" action="/audit" class="card audit-filter" novalidate aria-label={words.filter}>
      <Select
        name="verdict"
        label={words.verdict}
        value={asked.verdict ?? ''}
        options={[
          { value: '', label: words.anyVerdict },
          ...verdicts.map((verdict) => ({ value: verdict, label: sentences[locale].audit.verdicts[verdict].name })),
        ]}
      />
      <Select
        name="verificare"
        label={words.check}
        value={asked.check ?? ''}
        options={[
          { value: '', label: words.anyCheck },
          ...checkIds.map((id) => ({ value: id, label: `${id} · ${checkMeanings[id].name[locale]}` })),
        ]}
      />
      <TextField name="de-la" label={words.from} type="date" value={fields.from} fault={faultOf(faults, 'de-la')} />
      <TextField name="pana-la" label={words.to} type="date" value={fields.to} fault={faultOf(faults, 'pana-la')} />
      <TextField
        name="functionar"
        label={words.staffId}
        value={fields.staff}
        autocomplete="off"
        spellcheck={false}
        fault={faultOf(faults, 'functionar')}
      />
      <p class="actions">
        <button>{words.show}</button>
        <a href="/audit">{words.clear}</a>
      </p>
      <p class="hint">{words.checkHint}</p>
    </form>
  );
};
