import type { VNode } from 'preact';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { ErrorSummary, type Fault, faultOf, TextField } from '../parts/fields';
import { Heading } from '../parts/heading';
import { withLabels } from '../forms/checked';
import { staffPath } from './staff-page';
import { sentences } from '../../phrasing/sentences';
import { TypedForm } from '../forms/forms-shown';

/** Somebody leaves: what that does to the days, the meetings and the requests is said before. */
export const StaffLeftPage = ({
  context,
  person,
  typed,
  faults,
}: {
  readonly context: PageContext;
  readonly person: { readonly staffId: string; readonly name: string; readonly meetings: number; readonly requests: number };
  readonly typed: string | undefined;
  readonly faults: readonly Fault[];
}): VNode => {
  const { locale } = context;
  const words = sentences[locale].administration.staff;
  const { staffId, name, meetings, requests } = person;
  return (
    <Document context={context} title={words.leftTitle} side="office" faulty={faults.length > 0}>
      <ErrorSummary title={words.leftSummary} faults={withLabels(faults, { on: words.leftLabel })} />
      <Heading back={{ href: staffPath(staffId), text: words.changeTitle }} lead={words.leftLead({ name })}>
        {words.leftTitle}
      </Heading>
      {meetings + requests === 0 ? null : (
        <div class="notice notice-warn">
          {meetings === 0 ? null : <p>{words.meetings({ count: meetings })}</p>}
          {requests === 0 ? null : <p>{words.requests({ count: requests })}</p>}
        </div>
      )}
      <TypedForm action={`${staffPath(staffId)}/plecare`}>
        <TextField
          name="on"
          label={words.leftLabel}
          hint={words.leftHint}
          value={typed}
          fault={faultOf(faults, 'on')}
          type="date"
          width="middle"
        />
        <button>{words.leftConfirm}</button>
      </TypedForm>
    </Document>
  );
};
