import { Module } from '@nestjs/common';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { ApiKeysRepository } from './api-keys/api-keys.repository.js';
import { ApiKeysService } from './api-keys/api-keys.service.js';
import { CompaniesController } from './companies/companies.controller.js';
import { CompaniesRepository } from './companies/companies.repository.js';
import { CompaniesService } from './companies/companies.service.js';
import { OwnCompanyController } from './companies/own-company.controller.js';
import { MeController } from './me/me.controller.js';
import { MeService } from './me/me.service.js';
import { Answers } from './questions/answers.js';
import { RepsRepository } from './reps/reps.repository.js';
import { RepsService } from './reps/reps.service.js';
import { MarksConsumer } from './restore-points/marks.consumer.js';
import { Marks } from './restore-points/marks.service.js';
import { AccessTokens } from './sign-in/access-tokens.js';
import { AuthController } from './sign-in/auth.controller.js';
import { Credentials } from './sign-in/credentials.js';
import { JwksController } from './sign-in/jwks.controller.js';
import { RefreshTokens } from './sign-in/refresh-tokens.js';
import { RefreshTokensRepository } from './sign-in/refresh-tokens.repository.js';
import { SignInService } from './sign-in/sign-in.service.js';
import { SigningKeysRepository } from './sign-in/signing-keys.repository.js';
import { Accounts } from './users/accounts.js';
import { UsersController } from './users/users.controller.js';
import { UsersRepository } from './users/users.repository.js';
import { UsersService } from './users/users.service.js';

@Module({
  controllers: [
    AuthController,
    JwksController,
    MeController,
    CompaniesController,
    OwnCompanyController,
    UsersController,
    ApiKeysController,
    MarksConsumer,
  ],
  providers: [
    CompaniesRepository,
    CompaniesService,
    UsersRepository,
    Accounts,
    UsersService,
    RepsRepository,
    RepsService,
    ApiKeysRepository,
    ApiKeysService,
    SigningKeysRepository,
    AccessTokens,
    Credentials,
    RefreshTokensRepository,
    RefreshTokens,
    SignInService,
    MeService,
    Marks,
    Answers,
  ],
})
export class UserAdminModule {}
