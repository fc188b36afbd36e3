import type { VNode } from 'preact';

/** After a form was carried out and the page is shown again (`?facut=…`): what was done. It takes the focus and is read out. */
export const DoneNotice = ({ text }: { readonly text: string | undefined }): VNode | null =>
  text === undefined ? null : (
    <div class="notice notice-good" role="status" tabIndex={-1} data-focus>
      <p>{text}</p>
    </div>
  );
