import type { ComponentChildren, VNode } from 'preact';

export type SummaryRow = {
  readonly label: ComponentChildren;
  readonly value: ComponentChildren;
  /** where it can be changed; `about` says what, for those who do not see the row */
  readonly change?: { readonly href: string; readonly text: string; readonly about: string };
  readonly changed?: boolean;
};

/** Labels with their values, a row each. */
export const SummaryList = ({ rows }: { readonly rows: readonly SummaryRow[] }): VNode => (
  <dl class="summary">
    {rows.map(({ label, value, change, changed }) => (
      <div class={changed === true ? 'changed' : undefined}>
        <dt>{label}</dt>
        <dd>
          {value}
          {change === undefined ? null : (
            <>
              {' '}
              <a class="change" href={change.href}>
                {change.text}
                <span class="unseen"> {change.about}</span>
              </a>
            </>
          )}
        </dd>
      </div>
    ))}
  </dl>
);
