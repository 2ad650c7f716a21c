#!/usr/bin/env python3
"""Runs every command of docs/first-week.md, in order, as it stands there. Prints TAP, a case a command.

    guide.py PROGRAM GUIDE

The publishers are a proxy on this machine with lists of invented persons; its certificates are made for the run by the
`openssl` program, without which the guide is skipped, and says so. After a command stand lines that its output must have,
in this order; … stands for anything. A comment "# exit N" names the exit code when it is not 0.
"""
import os
import re
import shutil
import socketserver
import ssl
import subprocess
import sys
import tempfile
import threading

HOSTS = ["sanctionslistservice.ofac.treas.gov", "scsanctions.un.org"]
SDN = ('<?xml version="1.0"?><sdnList xmlns="http://tempuri.org/sdnList.xsd"><publshInformation><Publish_Date>%s</Publish_Date>'
       "<Record_Count>%d</Record_Count></publshInformation>%s</sdnList>")
PERSON = ("<sdnEntry><uid>%d</uid><firstName>%s</firstName><lastName>%s</lastName><sdnType>Individual</sdnType><programList><program>DPRK"
          "</program></programList><dateOfBirthList><dateOfBirthItem><uid>1</uid><dateOfBirth>%s</dateOfBirth><mainEntry>true</mainEntry>"
          "</dateOfBirthItem></dateOfBirthList></sdnEntry>")
FIRM = ("<sdnEntry><uid>%d</uid><lastName>%s</lastName><sdnType>Entity</sdnType><programList><program>DPRK</program></programList></sdnEntry>")
UN = ('<?xml version="1.0" encoding="UTF-8"?><CONSOLIDATED_LIST dateGenerated="2026-01-15T00:00:00.000Z"><INDIVIDUALS><INDIVIDUAL>'
      "<DATAID>7990001</DATAID><FIRST_NAME>Orlin</FIRST_NAME><SECOND_NAME>Vassek</SECOND_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE>"
      "</INDIVIDUAL></INDIVIDUALS><ENTITIES></ENTITIES></CONSOLIDATED_LIST>")


def sdn(version):
    """Two states of a list: the later one knows another date of birth of 990003, and one firm more."""
    people = [PERSON % (990001, "Qasim", "ZAFARANI", "12 Apr 1961"), PERSON % (990002, "Mira", "OSTREL", "1970"),
              PERSON % (990003, "Tesk", "DOVAN", "1949" if version == 1 else "03 Feb 1949")]
    firms = [] if version == 1 else [FIRM % (990004, "QUELLMARCH SHIPPING LTD")]
    return (SDN % ("01/0%d/2026" % version, len(people + firms), "".join(people + firms))).encode()


class Publishers(socketserver.ThreadingTCPServer):
    """A proxy for HTTPS that answers in the publishers' place."""
    daemon_threads, allow_reuse_address, version = True, True, 1


class Tunnel(socketserver.StreamRequestHandler):
    def head(self, stream):
        lines = []
        while (line := stream.readline()) not in (b"\r\n", b"\n", b""):
            lines.append(line.decode().strip())
        return lines

    def handle(self):
        host = self.head(self.rfile)[0].split()[1].partition(":")[0]
        self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        with self.server.context.wrap_socket(self.connection, server_side=True) as inside:
            stream = inside.makefile("rwb")
            if not self.head(stream):
                return
            body = UN.encode() if "un.org" in host else sdn(self.server.version)
            stream.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body)
            stream.flush()


def certificates(work):
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=work, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    with open(os.path.join(work, "names"), "w", encoding="utf-8") as out:
        out.write("subjectAltName=" + ",".join("DNS:" + host for host in HOSTS) + "\n")
    openssl("req", "-x509", *key, "-subj", "/CN=interdict test", "-keyout", "ca.key", "-out", "ca.pem")
    openssl("req", "-new", *key, "-subj", "/CN=" + HOSTS[0], "-keyout", "s.key", "-out", "s.csr")
    openssl("x509", "-req", "-in", "s.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "names", "-out", "s.pem")


def commands(guide):
    """(command, exit code, expected lines) of each console block."""
    found = []
    for block in re.findall(r"^```console\n(.*?)^```", open(guide, encoding="utf-8").read(), re.M | re.S):
        for line in block.splitlines():
            if line.startswith("$ "):
                code = re.search(r"# exit (\d+)$", line)
                found.append((line[2:], int(code.group(1)) if code else 0, []))
            else:
                found[-1][2].append(line)
    return found


def fits(output, expected):
    """Are the expected lines there, in their order?"""
    pattern = ".*".join(".*".join(re.escape(part) for part in line.split("…")) for line in expected)
    return re.search(pattern, output, re.S) is not None


def main():
    program, guide = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    if not shutil.which("openssl"):
        print("1..0 # SKIP no openssl to make certificates with")
        return 77
    work = tempfile.mkdtemp(prefix="itd-guide-")
    bad = 0
    try:
        certificates(work)
        server = Publishers(("127.0.0.1", 0), Tunnel)
        server.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.context.load_cert_chain(os.path.join(work, "s.pem"), os.path.join(work, "s.key"))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        folder = os.path.join(work, "desk")
        os.mkdir(folder)
        os.symlink(program, os.path.join(work, "interdict"))
        kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        environment = dict(kept, PATH=work + ":" + os.environ["PATH"], HOME=folder, SSL_CERT_FILE=os.path.join(work, "ca.pem"),
                           https_proxy="http://127.0.0.1:%d" % server.server_address[1])
        todo = commands(guide)
        fetches = 0
        for number, (command, code, expected) in enumerate(todo, 1):
            fetches += command.startswith("interdict lists fetch")
            server.version = 2 if fetches > 1 else 1
            done = subprocess.run(["sh", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
            good = done.returncode == code and fits(done.stdout, expected)
            bad += not good
            print("%sok %d - %s" % ("" if good else "not ", number, command.replace("#", "")[:100]))
            if not good:
                print("#   exit %d, wanted %d\n#   %s" % (done.returncode, code, (done.stdout + done.stderr).replace("\n", "\n#   ")))
        print("1..%d" % len(todo))
    finally:
        shutil.rmtree(work)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
