// A certified OpenID Connect provider (npm oidc-provider) on a loopback port, with a few people.
//
//   node oidc_provider.mjs FOLDER PORT REDIRECT_URI PEOPLE_JSON
//
// FOLDER holds node_modules. Its own pages for development let anybody in under any name;
// PEOPLE_JSON says which claims a name has. `Server.listen` is bound to loopback only.
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [folder, port, redirectUri, told] = process.argv.slice(2);
const people = JSON.parse(told);
const found = createRequire(path.join(folder, "package.json")).resolve("oidc-provider");
const { default: Provider } = await import(pathToFileURL(found).href);

const provider = new Provider(`http://localhost:${port}`, {
  clients: [
    { client_id: "resonanz", client_secret: "a-secret-of-the-tests", redirect_uris: [redirectUri] },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  cookies: { keys: ["tests"] },
  async findAccount(_context, id) {
    return { accountId: id, claims: async () => ({ sub: id, ...people[id] }) };
  },
});
provider.listen(Number(port), "127.0.0.1");
