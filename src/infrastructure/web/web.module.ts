import { Module } from '@nestjs/common';
import { AssetsController } from './assets/assets.controller';
import { FormDesk } from './forms/form-desk';
import { HomeController } from './home/home.controller';
import { LanguageController } from './language/language.controller';
import { ActDesk } from './meetings/act-desk';
import { CalendarDesk } from './meetings/calendar-desk';
import { CardController } from './meetings/card.controller';
import { CardDesk } from './meetings/card-desk';
import { HoursDesk } from './meetings/hours-desk';
import { MeetingsController } from './meetings/meetings.controller';
import { PageDesk } from './page/page-desk';
import { ProblemPages } from './problems/problem-pages';
import { Sessions } from './session/sessions';
import { SignInController } from './sign-in/sign-in.controller';

/** The pages: for citizens, civil servants, auditors, managers, the registry and administrators. */
@Module({
  controllers: [AssetsController, CardController, HomeController, LanguageController, MeetingsController, SignInController],
  providers: [Sessions, PageDesk, FormDesk, ProblemPages, ActDesk, CalendarDesk, CardDesk, HoursDesk],
  exports: [Sessions, PageDesk, FormDesk, ProblemPages],
})
export class WebModule {}
