import type { VNode } from 'preact';
import type { CivilDate } from '../../../domain/kernel/fact';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { DoneNotice } from '../parts/done-notice';
import { ErrorSummary, type Fault, faultOf, Radios, TextField } from '../parts/fields';
import { Heading } from '../parts/heading';
import { type Typed, withLabels } from '../forms/checked';
import { plainDate } from '../../phrasing/words/dates';
import { staffPath } from './staff-page';
import { sentences } from '../../phrasing/sentences';
import { TypedForm } from '../forms/forms-shown';

export type StaffFormShown = {
  readonly typed: Typed;
  readonly faults: readonly Fault[];
  readonly done?: string;
  /** of somebody who is known; `leftOn` whether announced or past */
  readonly known?: { readonly staffId: string; readonly leftOn?: CivilDate; readonly hasLeft: boolean };
};

const roles = ['executive', 'head-of-office', 'head-of-service'] as const;

/** A civil servant, for the first time or again. */
export const StaffFormPage = ({ context, shown }: { readonly context: PageContext; readonly shown: StaffFormShown }): VNode => {
  const { locale } = context;
  const { typed, faults, known, done } = shown;
  const words = sentences[locale].administration.staff;
  const { labels } = words;
  const field = (name: keyof typeof labels) => ({ name, label: labels[name], value: typed[name], fault: faultOf(faults, name) });
  const title = known === undefined ? words.newTitle : words.changeTitle;
  return (
    <Document context={context} title={title} side="office" faulty={faults.length > 0}>
      <ErrorSummary title={words.summary} faults={withLabels(faults, labels)} />
      <DoneNotice text={done} />
      <Heading back={{ href: '/administrare/functionari', text: words.backToList }}>{title}</Heading>
      {known?.leftOn === undefined ? null : (
        <div class="notice notice-warn">
          <p>
            {known.hasLeft
              ? words.gone({ date: plainDate(known.leftOn, locale) })
              : `${words.leavesOn[0]?.toUpperCase() ?? ''}${words.leavesOn.slice(1)} ${plainDate(known.leftOn, locale)}.`}
          </p>
        </div>
      )}
      <TypedForm action={known === undefined ? '/administrare/functionari/nou' : staffPath(known.staffId)}>
        {known === undefined ? (
          <TextField {...field('staffId')} hint={words.staffIdHint} width="middle" autocomplete="off" spellcheck={false} />
        ) : (
          <p>
            {labels.staffId}: <code>{known.staffId}</code>
          </p>
        )}
        <TextField {...field('name')} autocomplete="off" />
        <Radios {...field('role')} hint={words.roleHint} options={roles.map((role) => ({ value: role, label: words.roles[role] }))} />
        <TextField {...field('departmentCode')} hint={words.codeHint} width="short" inputmode="numeric" autocomplete="off" />
        <TextField {...field('department')} autocomplete="off" />
        <TextField {...field('email')} type="email" autocomplete="off" spellcheck={false} />
        <p class="actions">
          <button>{known === undefined ? words.register : known.hasLeft ? words.comeBack : words.save}</button>
          {known === undefined ? null : <a href={`${staffPath(known.staffId)}/plecare`}>{words.leftDo}</a>}
        </p>
      </TypedForm>
    </Document>
  );
};
