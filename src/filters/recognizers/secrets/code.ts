import { hasCrc32 } from './checksum.ts'
import { hasDigit, hasDigitsAndLetters, isMixed, rules, type SecretRule } from './rule.ts'

/** Code hosts, registries of packages, continuous integration, code quality. */
export const codeRules: readonly SecretRule[] = [
  ...rules(
    'https://github.blog/engineering/behind-githubs-new-authentication-token-formats/',
    ['github-token', 'gh(p|o|u|s|r)_{w36-255}', { check: hasCrc32 }],
    ['github-fine-grained-token', 'github_pat_{u82}']
  ),
  ...rules(
    'https://docs.gitlab.com/security/tokens/',
    ['gitlab-token', 'gl(pat|dt|ft|ffct|soat|rt)-{b20-52}', { require: hasDigit }],
    ['gitlab-routable-token', 'gl(pat|dt|rt)-{b27-300}.{a2}.{a7}'],
    ['gitlab-routable-token-joined', 'gl(pat|dt|rt)-{b24-300}.{a9}'],
    ['gitlab-runner-token', 'glrt-t{d1}_{b20}'],
    ['gitlab-registration-token', 'GR1348941{b20-52}', { require: hasDigitsAndLetters }],
    ['gitlab-oauth-secret', 'gloas-{b64}'],
    ['gitlab-trigger-token', 'glptt-{b40}'],
    ['gitlab-job-token', 'glcbt-{b20-32}', { require: hasDigit }],
    ['gitlab-mail-token', 'glimt-{b25}', { require: hasDigit }],
    ['gitlab-agent-token', 'glagent-{b50-100}', { require: hasDigit }],
    ['gitlab-workspace-token', 'gl(wt|rtr)-{b20-60}', { require: hasDigit }],
    ['gitlab-session-cookie', '_gitlab_session={w32}', { keep: 16, type: 'TOKEN' }]
  ),
  ...rules(
    'https://support.atlassian.com/bitbucket-cloud/docs/app-passwords/',
    ['bitbucket-app-password', 'ATBB{w32}', { require: isMixed }],
    ['bitbucket-data-center-token', 'BBDC-{s40-50}', { require: isMixed }]
  ),
  ...rules(
    'https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/',
    ['atlassian-token', 'AT(A|C|S)TT3xFf{s80-260}', { require: isMixed }]
  ),
  ...rules('https://docs.npmjs.com/about-access-tokens', ['npm-token', 'npm_{w36}', { check: hasCrc32 }]),
  ...rules('https://pypi.org/help/#apitoken', [
    'pypi-token',
    'pypi-AgE(IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZw){b50-1000}'
  ]),
  ...rules('https://guides.rubygems.org/api-key-scopes/', ['rubygems-key', 'rubygems_{h48}']),
  ...rules('https://doc.rust-lang.org/cargo/reference/publishing.html', [
    'crates-io-token',
    'cio{w32}',
    { require: isMixed }
  ]),
  ...rules('https://learn.microsoft.com/nuget/nuget-org/publish-a-package', [
    'nuget-key',
    'oy2{a43}',
    { require: hasDigitsAndLetters }
  ]),
  ...rules('https://clojars.org/tokens', ['clojars-token', 'CLOJARS_{a60}']),
  ...rules(
    'https://jfrog.com/help/r/jfrog-platform-administration-documentation/access-tokens',
    ['artifactory-key', 'AKCp{w69}', { require: hasDigit }],
    ['artifactory-reference-token', 'cmVmd{w59}', { require: hasDigit }]
  ),
  ...rules('https://docs.sonarsource.com/sonarqube-server/user-guide/managing-tokens', [
    'sonarqube-token',
    'sq(u|p|a)_{h40}'
  ]),
  ...rules(
    'https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token',
    ['sourcegraph-token', 'sgp_(local_|){x40}'],
    ['sourcegraph-instance-token', 'sgp_{x16}_{x40}'],
    ['sourcegraph-license-key', 'slk_{h64}']
  ),
  ...rules('https://circleci.com/docs/managing-api-tokens/', ['circleci-token', 'CCIP(AT|RJ)_{w22}_{a40}']),
  ...rules('https://buildkite.com/docs/apis/managing-api-tokens', [
    'buildkite-token',
    'bk(ua|ct|at|pt)_{a40}'
  ]),
  ...rules('https://octopus.com/docs/octopus-rest-api/how-to-create-an-api-key', [
    'octopus-key',
    'API-{A25-32}',
    { require: value => hasDigitsAndLetters(value) && !/^API-[\dA-F]{32}$/.test(value) }
  ]),
  ...rules('https://www.jetbrains.com/help/teamcity/configuring-your-user-profile.html', [
    'teamcity-token',
    'eyJ0eXAiOiAiVENWMiJ9.{b30-50}.{b40-60}'
  ]),
  ...rules('https://www.jetbrains.com/help/youtrack/devportal/Manage-Permanent-Token.html', [
    'youtrack-token',
    'perm(:|-){s8-60}.{s8-60}.{w30}'
  ]),
  ...rules('https://docs.prefect.io/v3/how-to-guides/cloud/manage-users/api-keys', [
    'prefect-key',
    'pn(u|b)_{w36}'
  ]),
  ...rules('https://docs.getdbt.com/docs/dbt-cloud-apis/authentication', ['dbt-token', 'dbt(c|u)_{b40-60}']),
  ...rules('https://docs.codesandbox.io/', ['codesandbox-token', 'csb_v1_{b43}']),
  ...rules('https://docs.endorlabs.com/', ['endorlabs-secret', 'endr+{w16}']),
  ...rules(
    'https://help.aikido.dev/',
    ['aikido-token', 'AIK_CI_{w64}'],
    ['aikido-secret', 'AIK_SECRET_{w60-70}']
  ),
  ...rules('https://docs.mergify.com/', ['mergify-key', 'mergify_application_key_{b60-80}']),
  ...rules(
    'https://docs.dependencytrack.org/integrations/rest-api/',
    ['dependency-track-key', 'odt_{w32}', { require: isMixed }],
    ['dependency-track-long-key', 'odt_{w8}_{w32}']
  ),
  ...rules('https://www.chromatic.com/docs/', ['chromatic-token', 'chpt_{h12-16}']),
  ...rules('https://help.cloudsmith.io/docs/api-key', [
    'cloudsmith-key',
    'csa_{w36-40}',
    { require: hasDigitsAndLetters }
  ])
]
