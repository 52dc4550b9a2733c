#!/usr/bin/env python3
"""Holds the generated request builders against those of Microsoft's own SDK for Python.

In come the sources of a generated client, the metadata that it was made of, and the wheel of the package
`msgraph-sdk`, which is fetched from PyPI where none is given. Out go counts and every difference with its reason: for
each path of the SDK whether our builders lead there by methods of the same names, and which verbs stand at its end.

    cargo xtask codegen --metadata v1.0.csdl --docs docs/v1.0 --select all --out target/all
    python3 tests/sdk/compare.py --client target/all/client --metadata v1.0.csdl [--list]

A difference without a reason ends the script with exit code 1.
"""

import argparse
import collections
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
import zipfile

EDM = "{http://docs.oasis-open.org/odata/ns/edm}"
VERBS = ("get", "post", "patch", "put", "delete")
MARKS = {"List": "get", "Create": "post", "Get": "get", "Update": "patch", "Delete": "delete", "Count": "get", "Read": "get", "Write": "put"}


# The site behind a cast that no page documents.
CAST = "Cast"


class Ours:
    """The builders of a generated client, read from its sources."""

    IMPL = re.compile(r"^impl(?:<\s*[ST],?\s*>)?\s+(\w+)<\s*resources::(\w+),\s*(?:S|sites::(\w+)),?\s*>\s*\{\n(.*?)^\}", re.M | re.S)
    STEP = re.compile(
        r"pub fn (?:r#)?(\w+)(?:<\s*'a,?\s*>)?\(\s*&?self,?\s*(.*?)\)\s*->\s*(\w+)<\s*resources::(\w+),\s*(?:S|sites::(\w+)),?\s*>\s*\{(.*?)\n    \}",
        re.S,
    )
    VERB = re.compile(r"pub fn (\w+)\(\s*self[^{]*?\)\s*->\s*Request<", re.S)
    DERIVES = re.compile(r"impl (?:crate::)?DerivesFrom<(\w+)> for (\w+)\s*\{")
    RESOURCE = re.compile(r"^/// `([\w.]+)`\npub enum (\w+) \{\}", re.M)
    MARK = re.compile(r"impl (?:crate::)?undocumented::(\w+)<\s*resources::(\w+),?\s*>\s*for\s+sites::(\w+)\s*\{")
    ROOT = re.compile(
        r"pub fn (?:r#)?(\w+)\(\s*&self,?\s*\)\s*->\s*(\w+)<\s*resources::(\w+),\s*sites::(\w+),?\s*>\s*\{(.*?)\n    \}", re.S
    )
    ARGUMENT = re.compile(r'\.argument\(\s*"([^"]*)"')
    WIRE = re.compile(r'"([^"]*)"')

    def __init__(self, folder):
        self.roots, self.steps, self.verbs = {}, {}, collections.defaultdict(set)
        self.casts, resources = set(), (folder / "src/resources.rs").read_text()
        self.derives = {(base, name) for base, name in self.DERIVES.findall(resources)}
        self.resources = dict(self.RESOURCE.findall(resources))
        source = (folder / "src/lib.rs").read_text()
        for name, shape, resource, site, body in self.ROOT.findall(source):
            self.roots[self.WIRE.search(body)[1]] = (name, (shape, resource, site))
        for file in sorted((folder / "src/builders").glob("*.rs")):
            source = file.read_text()
            for shape, resource, site, body in self.IMPL.findall(source):
                for name, arguments, to_shape, to_resource, to_site, inner in self.STEP.findall(body):
                    wire = self.WIRE.search(inner)
                    is_key = name.startswith("by_") and arguments != ""
                    named = ",".join(sorted(self.ARGUMENT.findall(inner)))
                    if ".alternate_key()" in inner or ".call(" in inner:
                        segment = f"{'' if is_key else wire[1]}({named})"
                    else:
                        segment = "{}" if is_key else wire and wire[1]
                    at = (shape, resource, segment)
                    self.steps.setdefault(at, (name, (to_shape, to_resource, to_site or None)))
                for name in self.VERB.findall(body):
                    self.verbs[(shape, resource, site)].add(name)
            for mark, resource, site in self.MARK.findall(source):
                if mark == "Cast":
                    self.casts.add((resource, site))
                    continue
                shape = {"List": "Collection", "Create": "Collection", "Count": "Count", "Read": "Value", "Write": "Value"}.get(mark, "Item")
                self.verbs[(shape, resource, site)].add(MARKS[mark])

    def cast(self, place, wire):
        """Where the cast leads that no page documents: the same builders, and sites at which all can be read."""
        if place is None or place[0] not in ("Collection", "Item") or not wire.startswith("graph."):
            return None
        to = self.resources.get(f"microsoft.{wire}")
        if (place[1], place[2]) not in self.casts or (place[1], to) not in self.derives:
            return None
        return "cast", (place[0], to, CAST)

    def verbs_at(self, place):
        if place[2] == CAST and place[0] in ("Collection", "Item", "Count"):
            return {"get"}
        return self.verbs.get(place, set())

    def step(self, place, wire):
        """The method that leads from a place by a segment, and where it leads."""
        if place is None:
            return self.roots.get(wire)
        found = self.steps.get((place[0], place[1], wire))
        if found is None:
            return None
        name, (shape, resource, site) = found
        return name, (shape, resource, site or place[2])


class Theirs:
    """The request builders of the SDK: paths, names on the way, verbs."""

    TEMPLATE = re.compile(r'super\(\).__init__\(request_adapter, "\{\+baseurl\}(.*?)(?:\{[?&].*)?", path_parameters\)')
    CLASS = re.compile(r"^class (\w+)\(BaseRequestBuilder\)", re.M)
    LEADS = re.compile(r"^    def (\w+)\(self.*?\) -> (\w+RequestBuilder):", re.M)
    ASYNC = re.compile(r"^    async def (\w+)\(self", re.M)

    def __init__(self, wheel):
        self.paths = {}
        classes, leads = {}, {}
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                is_builder = name.endswith("_request_builder.py") or name.endswith("base_graph_service_client.py")
                if not name.startswith("msgraph/generated/") or not is_builder:
                    continue
                source = archive.read(name).decode()
                folder = str(pathlib.PurePosixPath(name).parent)
                for method, to in self.LEADS.findall(source):
                    if method != "with_url":
                        leads.setdefault((folder, to), method)
                template = self.TEMPLATE.search(source)
                of = self.CLASS.search(source)
                if template and of:
                    verbs = set(self.ASYNC.findall(source)) & set(VERBS)
                    classes[name] = (folder, of[1], template[1].replace("%2D", "-").replace("%24", "$"), verbs)
        for folder, of, template, verbs in classes.values():
            parent = str(pathlib.PurePosixPath(folder).parent)
            self.paths[template] = (leads.get((parent, of)), verbs)


class Metadata:
    """As much of the metadata as reasons need: members and operations by name."""

    def __init__(self, file):
        tree = xml.parse(file)
        self.members = {node.get("Name") for kind in ("NavigationProperty", "Property", "EntitySet", "Singleton")
                        for node in tree.iter(EDM + kind)}
        self.bound = {node.get("Name") for kind in ("Action", "Function") for node in tree.iter(EDM + kind)}
        self.streams = {node.get("Name") for node in tree.iter(EDM + "Property") if node.get("Type") == "Edm.Stream"}
        self.navigations = {node.get("Name") for node in tree.iter(EDM + "NavigationProperty")}
        self.complex_navigations = {
            node.get("Name") for kind in tree.iter(EDM + "ComplexType") for node in kind.iter(EDM + "NavigationProperty")
        }
        self.types = {node.get("Name") for kind in ("EntityType", "ComplexType") for node in tree.iter(EDM + kind)}


def segments(template):
    """A template in segments; what stands in parentheses may hold slashes."""
    out, depth = [""], 0
    for char in template.lstrip("/"):
        depth += (char in "({") - (char in ")}")
        if char == "/" and depth == 0:
            out.append("")
        else:
            out[-1] += char
    return out


def wire_of(segment):
    if segment.startswith("{"):
        return "{}"
    # Query options that must be there are no part of the path.
    segment = segment.split("?")[0]
    segment = segment[:-2] if segment.endswith("()") else segment
    if "(" in segment:
        name, given = segment.split("(", 1)
        named = re.findall(r"(\w+)=", given)
        # What may be left out stands in a list of its own in the template.
        name = name.rsplit(".", 1)[-1]
        return f"{name}({','.join(sorted(named))})"
    return segment.rsplit(".", 1)[-1] if segment.startswith("microsoft.graph.") else segment


def why_not_reached(segment, path, metadata):
    """Why none of our builders leads over this segment."""
    if segment == "$ref":
        return "links that no page documents: `$ref` is generated from pages alone, which say how links are changed"
    if segment in ("$count", "$value"):
        return f"`{segment}` that no page documents"
    if segment.startswith("graph.") or segment.startswith("microsoft.graph.") and segment.rsplit(".", 1)[-1] in metadata.types:
        return "a cast to a derived type that no page documents"
    if "(" in segment and "'" in segment or "={" in segment or "=@" in segment:
        name = segment.split("(")[0]
        if name in metadata.members:
            return "an alternate key that no page documents"
        if name.rsplit(".", 1)[-1] in metadata.bound:
            return "a function with parameters that no page documents"
        return "the metadata has no such function"
    wire = wire_of(segment)
    if wire in metadata.streams and wire not in metadata.navigations:
        return "a stream property that no page documents"
    if wire == "content":
        return "the content of a stream (`content` for `$value`), which the SDK names itself"
    if any("(" in earlier and not earlier.endswith("()") for earlier in path):
        return "behind a function with parameters that no page documents"
    if any(wire_of(earlier) in metadata.bound for earlier in path):
        return "behind a composable function, which no page documents"
    if wire == "{}":
        return "an item of a collection without a single key"
    if wire in metadata.complex_navigations or wire in metadata.members and wire not in metadata.navigations:
        return "a property of a complex type, which is read with its entity"
    if wire in metadata.members or wire in metadata.bound:
        return "the metadata declares it elsewhere only (the SDK is made of another version)"
    return "the metadata has no such member (the SDK is made of another version)"


def why_named_otherwise(ours, theirs, wire):
    flat = lambda name: name.replace("_", "")
    if ours == "cast":
        return "a cast that no page documents, which is one generic method: `cast::<…>()`"
    if ours.rstrip("_") == theirs.rstrip("_"):
        return "an underscore where one language or the other has taken the name"
    if ours.startswith("by_") and "_with_" in theirs:
        return "an alternate key, which the SDK names after its collection"
    if ours == theirs.rstrip("0123456789"):
        return "the SDK numbers a parameter whose name occurs twice on the path"
    if "_with_" in ours and len(ours.split("_with_")[0]) < len(theirs) and flat(theirs).startswith(flat(ours.split("_with_")[0])):
        return "the SDK runs the parameters that it takes for fixed (`'@userId'`) into the name"
    if ours.startswith(theirs + "_with_"):
        return "an overload, told by its parameters: one without parameters has the plain name in the SDK"
    if theirs in (ours + "path", ours + "_path", ours.rstrip("_") + "_path"):
        return "the SDK adds `path` to a segment that is called like a verb"
    if flat(ours) == flat(theirs):
        return "words parted otherwise (`{}`: digits and capitals)".format("by_…" if wire == "{}" else "name")
    if wire == "{}":
        return "the key is named after the type in use (`by_…_id1` where the SDK meets the type a second time)"
    if theirs.startswith(("microsoft_graph_", "graph_")):
        return "the SDK repeats the namespace of an operation"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--client", type=pathlib.Path, required=True, help="the folder of the generated client")
    parser.add_argument("--metadata", type=pathlib.Path, required=True, help="the metadata it was generated from")
    parser.add_argument("--wheel", type=pathlib.Path, help="a wheel of msgraph-sdk; fetched where absent")
    parser.add_argument("--list", action="store_true", help="print every difference, not only counts")
    arguments = parser.parse_args()
    wheel = arguments.wheel
    with tempfile.TemporaryDirectory() as folder:
        if wheel is None:
            pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, "msgraph-sdk"]
            subprocess.run(pip, check=True)
            wheel = next(pathlib.Path(folder).glob("*.whl"))
        theirs, name = Theirs(wheel), wheel.name
    ours, metadata = Ours(arguments.client), Metadata(arguments.metadata)
    return compare(ours, theirs, metadata, name, arguments.list)


def compare(ours, theirs, metadata, name, lists):
    counts, reasons, unexplained = collections.Counter(), collections.defaultdict(list), 0

    def differs(kind, reason, what):
        nonlocal unexplained
        unexplained += reason is None
        reasons[(kind, reason or "NO REASON KNOWN")].append(what)

    for template, (last, verbs) in sorted(theirs.paths.items()):
        counts["paths of the SDK"] += 1
        # Where a documented cast leads, and the undocumented one beside it.
        place, beside, reached, path = None, None, True, segments(template)
        for index, segment in enumerate(path):
            wire = wire_of(segment)
            # A cast is written with the whole namespace; those that a page documents have a name of their own.
            cast = ours.cast(place, wire)
            documented = wire.startswith("graph.") and ours.step(place, f"microsoft.{wire}")
            step = documented or cast or ours.step(place, wire)
            beside = (cast if documented else ours.step(beside, wire)) or (None, None)
            beside = beside[1]
            if step is None and "(" in wire:
                # An alternate key stands behind the name of its collection.
                plain, key = wire.split("(", 1)
                collection = ours.step(place, plain)
                step = collection and ours.step(collection[1], "(" + key)
            if step is None:
                differs("path", why_not_reached(segment, path[:index], metadata), template)
                reached = False
                break
            method, place = step
        if not reached:
            counts["verbs of the SDK on paths without builders"] += len(verbs)
            continue
        counts["paths that our builders reach"] += 1
        if last is not None and method != last:
            differs("name", why_named_otherwise(method, last, wire_of(path[-1])), f"{template}: {method}, there {last}")
        else:
            counts["reached by a method of the same name"] += 1
        own = ours.verbs_at(place) | (ours.verbs_at(beside) if beside else set())
        for verb in sorted(verbs):
            counts["verbs of the SDK on these"] += 1
            if verb in own:
                counts["verbs that both have"] += 1
            else:
                differs("verb of the SDK alone", why_verb(verb, place, metadata), f"{verb.upper()} {template}")
        for verb in sorted(own & set(VERBS) - verbs):
            differs("verb of ours alone", why_own(verb, place, metadata), f"{verb.upper()} {template}")
    print(f"{name} against {len(ours.steps)} steps of {len({key[:2] for key in ours.steps})} builders")
    for what, count in counts.items():
        print(f"{count:7}  {what}")
    for (kind, reason), what in sorted(reasons.items(), key=lambda item: (item[0][0], -len(item[1]))):
        print(f"{len(what):7}  {kind}: {reason}")
        if lists:
            for line in what:
                print(f"         {line}")
    return 1 if unexplained else 0


def why_verb(verb, place, metadata):
    shape = place[0]
    if shape == "Bound":
        return "a stream or another answer that has no type yet"
    if verb == "put":
        return "PUT, which only pages state"
    if verb == "get":
        return "the metadata says it is not readable"
    return "the metadata here refers to the entity (not contained), or forbids it"


def why_own(verb, place, metadata):
    if place[0] == "Bound":
        return "a page documents the call, or the function and action share the name"
    return "a page documents the call, or the metadata here contains the entity and forbids nothing"


if __name__ == "__main__":
    sys.exit(main())
