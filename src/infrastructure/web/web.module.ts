import { Module } from '@nestjs/common';
import { AssetsController } from './assets/assets.controller';
import { WellKnownController } from './assets/well-known.controller';
import { FiguresController } from './figures/figures.controller';
import { FormDesk } from './forms/form-desk';
import { HomeController } from './home/home.controller';
import { LanguageController } from './language/language.controller';
import { PageDesk } from './page/page-desk';
import { ProblemPages } from './problems/problem-pages';
import { Sessions } from './session/sessions';
import { SignInController } from './sign-in/sign-in.controller';

/** The pages: for citizens, civil servants, auditors, managers, the registry and administrators. */
@Module({
  controllers: [AssetsController, FiguresController, HomeController, LanguageController, SignInController, WellKnownController],
  providers: [Sessions, PageDesk, FormDesk, ProblemPages],
  exports: [Sessions, PageDesk, FormDesk, ProblemPages],
})
export class WebModule {}
