import { changeReason } from '../../../domain/ticket/facts';

/** How an attempt to tell the citizen went: channel and outcome in one. */
export const noticeWays = [
  'phone:reached',
  'phone:voicemail',
  'phone:no-answer',
  'phone:declined-new-slot',
  'email:accepted',
  'email:bounced',
  'email:declined-new-slot',
] as const;
export type NoticeWay = (typeof noticeWays)[number];
export const changeReasons = changeReason.words;
