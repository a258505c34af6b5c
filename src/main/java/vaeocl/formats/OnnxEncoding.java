package vaeocl.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * ONNX models as protobuf messages. The numbers are those of onnx/onnx.proto3 in
 * github.com/onnx/onnx; each group names the message there that it belongs to.
 */
final class OnnxEncoding {
  // enum Version. 8 is IR_VERSION_2021_7_30: no more is needed, and older readers take it too.
  private static final int IR_VERSION = 8;

  // The default operator set, ai.onnx. For floats, 13 is the last to change Gemm, Relu or Sigmoid.
  private static final int OPERATOR_SET = 13;

  // message ModelProto
  private static final int MODEL_IR_VERSION = 1;
  private static final int MODEL_PRODUCER_NAME = 2;
  private static final int MODEL_PRODUCER_VERSION = 3;
  private static final int MODEL_GRAPH = 7;
  private static final int MODEL_OPSET_IMPORT = 8;
  private static final int MODEL_METADATA_PROPS = 14;

  // message OperatorSetIdProto
  private static final int OPSET_DOMAIN = 1;
  private static final int OPSET_VERSION = 2;

  // message StringStringEntryProto
  private static final int ENTRY_KEY = 1;
  private static final int ENTRY_VALUE = 2;

  // message GraphProto
  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_NAME = 2;
  private static final int GRAPH_INITIALIZER = 5;
  private static final int GRAPH_INPUT = 11;
  private static final int GRAPH_OUTPUT = 12;

  // message NodeProto
  private static final int NODE_INPUT = 1;
  private static final int NODE_OUTPUT = 2;
  private static final int NODE_NAME = 3;
  private static final int NODE_OP_TYPE = 4;
  private static final int NODE_ATTRIBUTE = 5;

  // message AttributeProto, and its enum AttributeType
  private static final int ATTRIBUTE_NAME = 1;
  private static final int ATTRIBUTE_I = 3;
  private static final int ATTRIBUTE_TYPE = 20;
  private static final int TYPE_INT = 2;

  // message TensorProto, and its enum DataType
  private static final int TENSOR_DIMS = 1;
  private static final int TENSOR_DATA_TYPE = 2;
  private static final int TENSOR_NAME = 8;
  private static final int TENSOR_RAW_DATA = 9;
  private static final int DATA_FLOAT = 1;

  // message ValueInfoProto; TypeProto and its Tensor; TensorShapeProto and its Dimension
  private static final int VALUE_NAME = 1;
  private static final int VALUE_TYPE = 2;
  private static final int TYPE_TENSOR_TYPE = 1;
  private static final int TENSOR_TYPE_ELEM_TYPE = 1;
  private static final int TENSOR_TYPE_SHAPE = 2;
  private static final int SHAPE_DIM = 1;
  private static final int DIMENSION_VALUE = 1;
  private static final int DIMENSION_PARAM = 2;

  /** Name of the number of rows, which the file leaves open. */
  private static final String ROWS = "N";

  private OnnxEncoding() {}

  /** A ModelProto. */
  static List<ProtoField> model(
      OnnxGraph graph, String producer, String version, Map<String, String> metadata) {
    List<ProtoField> model = new ArrayList<>();
    model.add(ProtoField.integer(MODEL_IR_VERSION, IR_VERSION));
    model.add(ProtoField.text(MODEL_PRODUCER_NAME, producer));
    model.add(ProtoField.text(MODEL_PRODUCER_VERSION, version));
    model.add(ProtoField.message(MODEL_GRAPH, graph(graph)));
    model.add(
        ProtoField.message(
            MODEL_OPSET_IMPORT,
            List.of(
                ProtoField.text(OPSET_DOMAIN, ""),
                ProtoField.integer(OPSET_VERSION, OPERATOR_SET))));
    // Sorted here and below, so that the same input gives the same bytes.
    new TreeMap<>(metadata)
        .forEach(
            (key, value) ->
                model.add(
                    ProtoField.message(
                        MODEL_METADATA_PROPS,
                        List.of(
                            ProtoField.text(ENTRY_KEY, key),
                            ProtoField.text(ENTRY_VALUE, value)))));
    return model;
  }

  private static List<ProtoField> graph(OnnxGraph graph) {
    List<ProtoField> fields = new ArrayList<>();
    for (OnnxNode node : graph.nodes()) {
      fields.add(ProtoField.message(GRAPH_NODE, node(node)));
    }
    fields.add(ProtoField.text(GRAPH_NAME, graph.name()));
    graph
        .initializers()
        .forEach((n, t) -> fields.add(ProtoField.message(GRAPH_INITIALIZER, tensor(n, t))));
    for (OnnxGraph.Value input : graph.inputs()) {
      fields.add(ProtoField.message(GRAPH_INPUT, value(input)));
    }
    for (OnnxGraph.Value output : graph.outputs()) {
      fields.add(ProtoField.message(GRAPH_OUTPUT, value(output)));
    }
    return fields;
  }

  private static List<ProtoField> node(OnnxNode node) {
    List<ProtoField> fields = new ArrayList<>();
    node.inputs().forEach(name -> fields.add(ProtoField.text(NODE_INPUT, name)));
    node.outputs().forEach(name -> fields.add(ProtoField.text(NODE_OUTPUT, name)));
    // No two nodes produce a value of the same name, so this names the node as well.
    fields.add(ProtoField.text(NODE_NAME, node.outputs().get(0)));
    fields.add(ProtoField.text(NODE_OP_TYPE, node.operator()));
    new TreeMap<>(node.attributes())
        .forEach(
            (name, value) ->
                fields.add(
                    ProtoField.message(
                        NODE_ATTRIBUTE,
                        List.of(
                            ProtoField.text(ATTRIBUTE_NAME, name),
                            ProtoField.integer(ATTRIBUTE_I, value),
                            ProtoField.integer(ATTRIBUTE_TYPE, TYPE_INT)))));
    return fields;
  }

  private static List<ProtoField> tensor(String name, FloatArray tensor) {
    List<ProtoField> fields = new ArrayList<>();
    for (int dim : tensor.shape()) {
      // One field each and not packed, as the schema's proto2 twin has it: every reader takes both.
      fields.add(ProtoField.integer(TENSOR_DIMS, dim));
    }
    fields.add(ProtoField.integer(TENSOR_DATA_TYPE, DATA_FLOAT));
    fields.add(ProtoField.text(TENSOR_NAME, name));
    fields.add(ProtoField.floats(TENSOR_RAW_DATA, tensor.values()));
    return fields;
  }

  private static List<ProtoField> value(OnnxGraph.Value value) {
    ProtoField rows =
        ProtoField.message(SHAPE_DIM, List.of(ProtoField.text(DIMENSION_PARAM, ROWS)));
    ProtoField columns =
        ProtoField.message(
            SHAPE_DIM, List.of(ProtoField.integer(DIMENSION_VALUE, value.columns())));
    ProtoField tensor =
        ProtoField.message(
            TYPE_TENSOR_TYPE,
            List.of(
                ProtoField.integer(TENSOR_TYPE_ELEM_TYPE, DATA_FLOAT),
                ProtoField.message(TENSOR_TYPE_SHAPE, List.of(rows, columns))));
    return List.of(
        ProtoField.text(VALUE_NAME, value.name()), ProtoField.message(VALUE_TYPE, List.of(tensor)));
  }
}
