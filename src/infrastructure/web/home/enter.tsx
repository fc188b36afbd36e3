import type { VNode } from 'preact';
import type { Role } from '../../../application/kernel/access';

/** One click that takes a role, where people try it out. */
export const Enter = ({
  role,
  staffId,
  text,
  about,
  to,
}: {
  readonly role: Role;
  readonly staffId?: string;
  readonly text: string;
  /** for those who do not see what stands beside the button */
  readonly about?: string;
  /** the page that was asked for; without it, the first page of the role */
  readonly to?: string;
}): VNode => (
  <form method="post" action="/intra/incercare">
    <input type="hidden" name="role" value={role} />
    {staffId === undefined ? null : <input type="hidden" name="staffId" value={staffId} />}
    {to === undefined || to === '' ? null : <input type="hidden" name="spre" value={to} />}
    <button class="second">
      {text}
      {about === undefined ? null : <span class="unseen"> {about}</span>}
    </button>
  </form>
);
