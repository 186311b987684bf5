// A whole network of Bluesky on loopback, from its own reference servers (npm @atproto/dev-env):
// the directory of identities (PLC), a server where people live (PDS), and what shows their posts
// (AppView). Between the last two stands a gate that can be closed.
//
//   node bluesky_network.mjs FOLDER PORTS_JSON SCHEMA RATE_LIMITS
//
// FOLDER holds node_modules; PORTS_JSON names plc, pds, bsky, ozone, gate and control.
// GET http://localhost:CONTROL/ready answers once all is there; /close and /open move the gate.
import http from "node:http";
import { createRequire } from "node:module";
import net from "node:net";
import path from "node:path";

const [folder, told, schema, rateLimits] = process.argv.slice(2);
const ports = JSON.parse(told);
const LOOPBACK = "127.0.0.1";

// The servers listen everywhere; here they listen to this machine only.
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function onLoopback(first, ...rest) {
  if (typeof first === "number" || /^\d+$/.test(String(first))) {
    const others = typeof rest[0] === "string" ? rest.slice(1) : rest;
    return listen.call(this, { port: Number(first), host: LOOPBACK }, ...others);
  }
  const isPort = first && typeof first === "object" && first.port !== undefined;
  return listen.call(this, isPort ? { ...first, host: LOOPBACK } : first, ...rest);
};

let isOpen = true;
const passing = new Set();
net
  .createServer((asking) => {
    if (!isOpen) return asking.destroy();
    const onward = net.connect(ports.bsky, LOOPBACK);
    for (const [here, there] of [[asking, onward], [onward, asking]]) {
      passing.add(here);
      here.on("error", () => there.destroy());
      here.on("close", () => { passing.delete(here); there.destroy(); });
      here.pipe(there);
    }
  })
  .listen(ports.gate);

const require = createRequire(path.join(folder, "package.json"));
const { TestNetwork, mockMailer } = require("@atproto/dev-env");
const network = await TestNetwork.create({
  dbPostgresSchema: schema,
  plc: { port: ports.plc },
  pds: {
    port: ports.pds,
    hostname: "localhost",
    enableDidDocWithSession: true,
    bskyAppViewUrl: `http://localhost:${ports.gate}`,
    rateLimitsEnabled: rateLimits === "limited",
  },
  bsky: { port: ports.bsky, publicUrl: `http://localhost:${ports.bsky}` },
  ozone: { port: ports.ozone },
});
mockMailer(network.pds);

http
  .createServer((request, response) => {
    if (request.url === "/close") {
      isOpen = false;
      for (const line of passing) line.destroy();
    }
    if (request.url === "/open") isOpen = true;
    response.end("done");
  })
  .listen(ports.control);

const leave = async () => {
  await network.close().catch(() => {});
  process.exit(0);
};
process.on("SIGTERM", leave);
process.on("SIGINT", leave);
